"""The search for names: where they stand, how they may be parted, and what only looks like them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papergraph.text.folding import fold
from papergraph.vocabulary import Vocabulary, VocabularyEntry, load_vocabulary, vocabulary_problems
from papergraph.vocabulary.offsets import fold_text

SHIPPED = load_vocabulary()
MORE = ("Autoencoder", "Focal Loss", "Lass")
FORMS = sorted(
    {f for e in SHIPPED.entries if not e.ambiguous for f in e.forms if len(f) > 4 and "," not in f and "/" not in f}
)
#: Characters around a name that make it neither longer nor another.
AROUND = st.text(alphabet="这是一的模型 ，。、（）：；\n*>", max_size=8)


def found(vocabulary: Vocabulary, text: str) -> list[str]:
    return [text[h.start : h.end] for h in vocabulary.scan(text)]


def vocabulary_of(*names: str, ambiguous: tuple[str, ...] = ()) -> Vocabulary:
    return Vocabulary(
        tuple(VocabularyEntry(f"method/{i:03}", "Method", n, ambiguous=ambiguous) for i, n in enumerate(names))
    )


@given(before=AROUND, name=st.sampled_from(FORMS), after=AROUND)
def test_a_listed_name_is_found_wherever_it_stands(before: str, name: str, after: str) -> None:
    vocabulary = vocabulary_of(name)
    text = before + name + after
    assert (len(before), len(before) + len(name)) in [(h.start, h.end) for h in vocabulary.scan(text)]


@given(
    before=st.sampled_from("aZ9é"), name=st.sampled_from([f for f in FORMS if f.isascii() and (f[0] + f[-1]).isalnum()])
)
def test_no_name_is_found_inside_a_latin_word(before: str, name: str) -> None:
    vocabulary = vocabulary_of(name)
    assert not vocabulary.scan(f"{before}{name}")
    assert not vocabulary.scan(f"{name}{before}")


@given(
    pieces=st.lists(
        st.one_of(
            st.sampled_from(FORMS),
            st.text(alphabet="aeLoRAK 缓存x×₂-+_/.\n>\u3000ﬁ½\u200b$\\éu\u0308", max_size=6),
        ),
        max_size=8,
    )
)
def test_a_hit_is_a_spelling_of_its_form_and_of_every_entry(pieces: list[str]) -> None:
    text = "".join(pieces)
    end = 0
    for hit in SHIPPED.scan(text):
        surface = text[hit.start : hit.end]
        assert end <= hit.start < hit.end
        end = hit.end
        assert fold(surface) == fold(hit.form)
        for entry in hit.entries:
            assert fold(surface) in {fold(f) for f in SHIPPED.by_id(entry).forms}


@given(st.text(max_size=40))
def test_folding_keeps_the_way_back(text: str) -> None:
    folded = fold_text(text)
    assert len(folded.offsets) == len(folded.text)
    assert list(folded.offsets) == sorted(folded.offsets)
    if folded.text:
        whole = folded.original(0, len(folded.text))
        assert whole is not None
        assert fold(text[whole[0] : whole[1]]) == fold(text)


@pytest.mark.parametrize(
    ("form", "text"),
    [
        ("Mixtral 8x7B", "Mixtral-8x7B"),
        ("Mixtral 8x7B", "Mixtral 8×7B"),
        ("Mixtral 8x7B", "mixtral 8 x 7B"),
        ("Mixtral 8x7B", "Mixtral8x7B"),
        ("Llama 2 70B", "Llama2-70B"),
        ("Llama 2 70B", "LLaMA-2 70 B"),
        ("Llama 2 70B", "Llama 2\n  > 70B"),
        ("FlashAttention", "Flash Attention"),
        ("FlashAttention", "flash-attention"),
        ("PowerInfer-2", "PowerInfer 2"),
        ("H2O", "H₂O"),
        ("H2O", "H$_2$O"),
        ("H2O", "Ｈ２Ｏ"),
        ("KV Cache", "KV\u00adCache"),
        ("MiniWoB++", "MiniWoB\\+\\+"),
        ("LoRA+", "LoRA\\+"),
        ("层dropout", "层 dropout"),
        ("清华大学", "清华\n大学"),
        ("CNN/DailyMail", "CNN / DailyMail"),
        ("CNN/DailyMail", "CNN-DailyMail"),
        ("RTX 2080 Ti", "RTX2080Ti"),
        ("ETH Zürich", "ETH Zu\u0308rich"),
        ("Xi'an", "Xi’an"),
        ("Learning Rate Warmup", "learning rate warm-up"),
        ("Learning Rate Warm-up", "learning rate warmup"),
        ("Layer Normalization", "layer normalisation"),
        ("Tokenizer", "tokeniser"),
        ("奖励模型", "獎勵模型"),
        ("Autoencoder", "auto-encoder"),
    ],
)
def test_a_name_may_be_spelt_apart_or_together(form: str, text: str) -> None:
    assert found(vocabulary_of(form), f"见 {text}，") == [text]


@pytest.mark.parametrize(
    ("form", "text"),
    [
        ("Llama2h", "Llama 2 has"),
        ("LoRAis", "LoRA is"),
        ("LoRA", "Lo RA"),
        ("A100", "a 100"),
        ("Llama 3 8B", "Llama 38B"),
        ("OpenAI", "open AI models"),
        ("KV Cache", "KV/Cache"),
        ("KV Cache", "KV\n\nCache"),
        ("KV Cache", "KV. Cache"),
        ("OneBit", "a one-bit weight"),
        ("FastLLM", "Fast LLM Inference"),
        ("rag", "superragent"),
        ("LoRA", "LoRA+"),
        ("LoRA", "LoRA\\+ 是"),
        ("EAGLE", "EAGLE-2"),
        ("GPT-4", "GPT-4o"),
        ("Qwen2", "Qwen2.5"),
        ("01.AI", "3.01.AI"),
        ("llama", "llama.cpp"),
        ("cohere", "cohere.com"),
        ("LoRA", "LoRA-XS"),
        ("LoRA", "My-LoRA"),
        ("S4", "S$^4$C"),
        ("Zurich", "Zuric\u0308h"),
        ("ETH Zu", "ETH Zu\u0308rich"),
        ("Autoencoder", "auto encoder"),
        ("BiLSTM", "b-ilstm"),
    ],
)
def test_what_only_looks_like_a_name_is_none(form: str, text: str) -> None:
    assert found(vocabulary_of(form), text) == []


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("LoRA-based, DPO-style", ["LoRA", "DPO"]),
        ("pre-LoRA LoRA-DPO", ["LoRA", "LoRA", "DPO"]),
        ("1.LoRA：3.DPO", ["LoRA", "DPO"]),
        ("LoRA+DPO", ["LoRA", "DPO"]),
        ("the LoRAs, reward models, rewards", ["LoRA", "reward model"]),
        ("Autoencoders, focal losses, lasses", ["Autoencoder", "focal loss"]),
        ("LoRA。LoRA.", ["LoRA", "LoRA"]),
        ("Claude 2, Claude 2.1, Claude", ["Claude 2", "Claude"]),
        ("Claude-2-X", []),
    ],
)
def test_what_follows_a_name_decides(text: str, names: list[str]) -> None:
    assert found(vocabulary_of("LoRA", "LoRA+", "DPO", "Reward Model", "Claude", "Claude 2", *MORE), text) == names


def test_the_longest_name_wins_and_a_shorter_one_steps_in() -> None:
    vocabulary = vocabulary_of("KV Cache", "KV Cache Eviction", "Eviction")
    assert found(vocabulary, "KV cache eviction") == ["KV cache eviction"]
    assert found(vocabulary, "KV cache evictionist") == ["KV cache"]


def test_short_and_ambiguous_names_must_match_in_case() -> None:
    vocabulary = vocabulary_of("PI", "MoE", "Orca", ambiguous=("Orca",))
    assert found(vocabulary, "pi Pi PI moe MOE Moe MoE orca ORCA Orca") == ["PI", "moe", "MOE", "MoE", "Orca"]
    assert [h.ambiguous for h in vocabulary.scan("PI Orca")] == [False, True]


def test_one_name_of_two_things_yields_both() -> None:
    entries = (
        VocabularyEntry("method/gqa", "Method", "GQA"),
        VocabularyEntry("dataset/gqa", "Dataset", "GQA", ambiguous=("GQA",), context=("image",)),
    )
    (hit,) = Vocabulary(entries).scan("GQA")
    assert hit.entries == ("dataset/gqa", "method/gqa")
    assert not hit.ambiguous


def test_a_longer_word_keeps_a_name_from_being_read() -> None:
    vocabulary = Vocabulary(
        (
            VocabularyEntry("inst/qualcomm", "Institution", "Qualcomm", zh="高通", unless=("高通量",)),
            VocabularyEntry("method/x", "Method", "通量", unless=("bits",)),
        )
    )
    assert found(vocabulary, "高通的高通量推理，通量") == ["高通", "通量"]
    assert vocabulary_problems(vocabulary) == ("method/x: 'bits' contains none of the forms of this entry",)


def test_an_empty_vocabulary_finds_nothing() -> None:
    assert Vocabulary(()).scan("LoRA") == ()
    assert Vocabulary(()).find("LoRA") == ()

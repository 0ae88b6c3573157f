"""The gazetteers and the search for their names."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from papergraph.errors import ConfigError
from papergraph.ontology.iri import slug
from papergraph.text.folding import is_chinese
from papergraph.vocabulary import Vocabulary, VocabularyEntry, load_vocabulary, vocabulary_problems


def found(vocabulary: Vocabulary, text: str) -> list[str]:
    return [text[h.start : h.end] for h in vocabulary.scan(text)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("使用LoRA微调", ["LoRA", "微调"]),
        ("a superragent", []),
        ("PRMs and GANs", ["PRMs", "GANs"]),
        ("H₂O", ["H₂O"]),
        ("Mixtral-8×7B / mixtral 8x7b", ["Mixtral-8×7B", "mixtral 8x7b"]),
        ("LoRA+ is not LoRA", ["LoRA+", "LoRA"]),
        ("EAGLE-2 after EAGLE.", ["EAGLE-2", "EAGLE"]),
        ("GPT-4o, GPT-4", ["GPT-4o", "GPT-4"]),
        ("Qwen2.7 and Qwen2", ["Qwen2"]),
        ("LoRA-based, LoRA-Zorb", ["LoRA"]),
        ("a Transformer-Mamba hybrid", ["Transformer", "Mamba"]),
        ("层 dropout", ["层 dropout"]),
        ("the word less or rest", []),
    ],
)
def test_names_stand_alone(vocabulary: Vocabulary, text: str, names: list[str]) -> None:
    assert found(vocabulary, text) == names


def test_it_has_the_size_of_the_field(vocabulary: Vocabulary) -> None:
    sizes = {t: sum(e.type == t for e in vocabulary.entries) for t in ("Dataset", "Institution", "Hardware", "Topic")}
    assert sum(e.type in {"Method", "Model"} for e in vocabulary.entries) >= 8000
    assert sizes["Dataset"] >= 3000
    assert sizes["Institution"] >= 3000
    assert sizes["Hardware"] >= 800
    assert len(vocabulary.venues) >= 80
    assert (
        sum(bool(e.zh or any("\u4e00" <= c <= "\u9fff" for a in e.aliases for c in a)) for e in vocabulary.entries)
        > 2000
    )


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Learning Rate Warmup", "用 warmup 策略"),
        ("Label Smoothing", "label-smoothing"),
        ("RoIPool", "RoI pooling"),
        ("Residual Connection", "skip connections"),
        ("Multi-Head Attention", "多頭自注意力"),
        ("Layer Normalization", "layer norm"),
        ("Gradient Checkpointing", "激活重计算 / activation recomputation"),
    ],
)
def test_techniques_are_known_by_what_people_call_them(vocabulary: Vocabulary, name: str, text: str) -> None:
    assert name in {vocabulary.by_id(e).name for hit in vocabulary.scan(text) for e in hit.entries}


def test_a_work_has_a_paper_be_it_listed_or_not(tmp_path: Path) -> None:
    path = tmp_path / "methods.tsv"
    path.write_text("name\tsource\nZorb\tpaper\nBlorb\tarXiv:2401.00001\nwarble\n", encoding="utf-8")
    vocabulary = load_vocabulary([path])
    found = [vocabulary.find(name)[0] for name in ("Zorb", "Blorb", "warble")]
    assert [(e.source, e.work) for e in found] == [("", True), ("arXiv:2401.00001", True), ("", False)]


def test_hardware_knows_memory_and_class(vocabulary: Vocabulary) -> None:
    (entry,) = vocabulary.find("RTX 4090")
    assert dict(entry.values) == {"memoryGB": "24", "hardwareClass": "consumer GPU", "vendor": "NVIDIA"}
    assert all(dict(e.values).get("hardwareClass") for e in vocabulary.entries if e.type == "Hardware")


def test_nothing_in_it_is_doubtful(vocabulary: Vocabulary) -> None:
    assert vocabulary_problems(vocabulary) == ()


def test_doubts_name_clashes() -> None:
    entries = (
        VocabularyEntry("method/a", "Method", "Abc", aliases=("Xyz",)),
        VocabularyEntry("method/b", "Method", "Xyz"),
        VocabularyEntry("method/c", "Method", "Ccc", ambiguous=("Nope",), context=("x",)),
    )
    assert vocabulary_problems(Vocabulary(entries)) == (
        "method/b: 'Xyz' is also a form of method/a",
        "method/c: 'Nope' is marked as ambiguous but is not a form of this entry",
    )


def test_doubts_name_probable_typos() -> None:
    entries = (
        VocabularyEntry("inst/a", "Institution", "Hugging Face Inc", aliases=("Hugging Fac Inc",)),
        VocabularyEntry("inst/b", "Institution", "Huging Face Inc"),
        VocabularyEntry("inst/c", "Institution", "Hugging Face Incs"),
        VocabularyEntry("inst/d", "Institution", "Hugging Fcae Inc"),
        VocabularyEntry("inst/e", "Institution", "Northwestern University", aliases=("Northeastern University",)),
    )
    assert vocabulary_problems(Vocabulary(entries)) == (
        "inst/b: 'Huging Face Inc' looks like a misspelling of 'Hugging Face Inc', or vice versa",
        "inst/d: 'Hugging Fcae Inc' looks like a misspelling of 'Hugging Face Inc', or vice versa",
    )


def test_names_that_differ_in_case_are_two_things(tmp_path: Path) -> None:
    path = tmp_path / "methods.tsv"
    path.write_text("name\nZoRB\nZORB\n", encoding="utf-8")
    first, second = load_vocabulary([path]).find("zorb")
    assert (first.name, second.name) == ("ZoRB", "ZORB")
    assert first.id == "method/zorb"
    assert second.id.startswith("method/zorb-")


def test_the_users_entries_come_first(tmp_path: Path) -> None:
    path = tmp_path / "methods.tsv"
    path.write_text("# mine\nname\taliases\tsource\nH2O\tMy Oracle\nZorb\t\tarXiv:2401.00001\n", encoding="utf-8")
    venues = tmp_path / "extra.tsv"
    venues.write_text("name\ttype\nZorbConf\tVenue\nZorbBench\tDataset\n", encoding="utf-8")
    vocabulary = load_vocabulary([path, venues])
    assert vocabulary.find("my oracle")[0].id == "method/h2o"
    assert vocabulary.find("ZorbBench")[0].type == "Dataset"
    assert any(v.name == "ZorbConf" for v in vocabulary.venues)
    assert vocabulary.digest != load_vocabulary().digest


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("name\tcolour\nA\tred\n", "1: unknown column 'colour'"),
        ("name\tzh\nA\tb\tc\n", "2: 3 cells for 2 columns"),
        ("name\tzh\n\tb\n", "2: the row has no name"),
        ("name\nA\nA\n", "3: 'A' is already listed as 'A'; merge the two rows"),
        ("name\nLlama-2\nLlama 2\n", "3: 'Llama 2' is already listed as 'Llama-2'"),
        ("name\nReST\nREST\nREST\n", "4: 'REST' is already listed"),
        ("name\talias\nA\tb\n", "1: unknown column 'alias'; did you mean 'aliases'?"),
        ("name\tzh\tzh\nA\tb\tc\n", "1: duplicate column 'zh'"),
        ("zh\nA\n", "1: the header has no column 'name'"),
    ],
)
def test_a_wrong_row_is_named_with_its_line(tmp_path: Path, text: str, reason: str) -> None:
    path = tmp_path / "methods.tsv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError, match=reason):
        load_vocabulary([path])


def test_a_file_needs_a_type(tmp_path: Path) -> None:
    (tmp_path / "stuff.tsv").write_text("name\nA\n", encoding="utf-8")
    with pytest.raises(ConfigError, match="type of the entry is unknown"):
        load_vocabulary([tmp_path / "stuff.tsv"])
    with pytest.raises(ConfigError, match="not a valid vocabulary file"):
        load_vocabulary([tmp_path / "none.tsv"])


def test_a_form_may_need_its_case_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "methods.tsv"
    path.write_text("name\taliases\texact\nHOOF\tHOOFs\tHOOF\nZoRB\t\tZoRB\nZORB\t\tZORB\n", encoding="utf-8")
    known = load_vocabulary([path])
    own = Vocabulary(tuple(e for e in known.entries if e.place.startswith(str(path))))
    assert vocabulary_problems(own) == ()
    assert found(own, "HOOF and hoof, hoofs or Hoof; ZoRB is no ZORB") == ["HOOF", "hoofs", "ZoRB", "ZORB"]
    assert not any(hit.ambiguous for hit in own.scan("HOOF"))


def test_doubts_name_an_exact_form_that_is_none_or_needs_context_as_well() -> None:
    entries = (
        VocabularyEntry("method/a", "Method", "Hoof", exact=("HOOF",)),
        VocabularyEntry("method/b", "Method", "Wock", ambiguous=("Wock",), exact=("Wock",), context=("x",)),
        VocabularyEntry("method/c", "Method", "Zorb"),
        VocabularyEntry("method/d", "Method", "ZORB", exact=("ZORB",)),
    )
    assert vocabulary_problems(Vocabulary(entries)) == (
        "method/d: 'ZORB' is also a form of method/c",
        "method/a: 'HOOF' is marked as exact but is ambiguous, or is not a form of this entry",
        "method/b: 'Wock' is marked as exact but is ambiguous, or is not a form of this entry",
    )


def test_our_names_in_chinese_say_what_pinyin_would_make_of_them(vocabulary: Vocabulary) -> None:
    assert [e for e in vocabulary.entries if is_chinese(e.name) and e.id.partition("/")[2] != slug(e.name)] == []


def test_our_vocabulary_needs_no_dictionary_of_pinyin() -> None:
    script = (
        "import sys; from papergraph.vocabulary import load_vocabulary as f; f(); sys.exit('pypinyin' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0

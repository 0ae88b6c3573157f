"""Which mentions name one thing."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from papergraph.assemble.relations import assemble
from papergraph.assemble.tally import combined_confidence
from papergraph.export.record import note_record
from papergraph.extract import extract
from papergraph.model import Entity, Evidence, Extraction, Mention, Span
from papergraph.resolve import resolve
from papergraph.sources import parse_document
from papergraph.vocabulary import Vocabulary, load_vocabulary

SHIPPED = load_vocabulary()


def read(vocabulary: Vocabulary, *texts: str) -> list[Extraction]:
    return [extract(parse_document(t, f"{n}.md"), vocabulary) for n, t in enumerate(texts)]


def entities(vocabulary: Vocabulary, *texts: str) -> dict[str, Entity]:
    return {e.label: e for e in resolve(read(vocabulary, *texts), vocabulary).entities}


def test_spellings_of_one_name_meet(vocabulary: Vocabulary) -> None:
    found = entities(
        vocabulary, "- H2O: KV 缓存\n", "- Heavy-Hitter Oracle 的缓存\n- Mixtral 8x7B\n- Mixtral-8x7B 模型\n"
    )
    assert "Heavy-Hitter Oracle" in found["H2O"].aliases
    assert len(found["H2O"].places) == 2
    assert len(found["Mixtral 8x7B"].places) >= 1
    assert "清华" in entities(vocabulary, "> **机构:** 清华\n")["Tsinghua University"].aliases


def test_a_citation_key_names_the_work_of_the_note_that_has_it(vocabulary: Vocabulary) -> None:
    found = entities(
        vocabulary,
        "---\ntitle: Reading Long Notes without Reading Them\ncitekey: zorb2021\n---\n\nA note.\n",
        "LoRA improves on [@zorb2021, pp. 3-4]. GaLore extends [[@quimby2020]].\n",
    )
    assert found["Reading Long Notes without Reading Them"].identifiers == ("citekey:zorb2021",)
    assert found["@quimby2020"].aliases == ()


def test_a_file_may_be_called_by_the_key_of_its_work(vocabulary: Vocabulary) -> None:
    note = parse_document("# Reading Long Notes without Reading Them\n\nText.\n", "refs/@zorb2021.md")
    (paper,) = resolve([extract(note, vocabulary)], vocabulary).entities
    assert paper.identifiers == ("citekey:zorb2021",)


def test_a_wider_concept_stays_apart(vocabulary: Vocabulary) -> None:
    found = entities(vocabulary, "Llama 2 and Llama 2 70B, Transformer and Transformer-XL differ.\n")
    assert {"Llama 2", "Llama 2 70B", "Transformer", "Transformer-XL"} <= set(found)


def test_an_acronym_holds_in_its_note_only(vocabulary: Vocabulary) -> None:
    one = "We propose Zebra Quick Binding (ZQB). ZQB is a method.\n"
    other = "We propose Zorb Query Bench (ZQB), a benchmark dataset. ZQB is fine.\n"
    merged = resolve(read(vocabulary, one, other), vocabulary)
    holders = [e for e in merged.entities if "ZQB" in (e.label, *e.aliases)]
    assert len(holders) == 2
    assert any("acronym defined at line 1 of 0.md" in r for e in holders for r in e.reasons)


def test_one_identifier_with_clearly_different_titles_is_no_merge(vocabulary: Vocabulary) -> None:
    one = "- [Attention Is All You Need for Translation](https://arxiv.org/abs/1706.03762)\n"
    other = "- [Deep Residual Networks Recognise Images](https://arxiv.org/abs/1706.03762)\n"
    papers = [e for e in resolve(read(vocabulary, one, other), vocabulary).entities if e.type == "Paper"]
    assert len({p.iri for p in papers}) == 2


def test_chinese_and_english_titles_of_one_paper_meet(vocabulary: Vocabulary) -> None:
    text = "# Gecko: Versatile Text Embeddings from Models\n[Gecko：多功能的文本嵌入模型](https://arxiv.org/abs/2403.20327)\n\nx\n"
    papers = [e for e in entities(vocabulary, text).values() if e.type == "Paper"]
    assert [p.label for p in papers] == ["Gecko: Versatile Text Embeddings from Models"]
    assert papers[0].identifiers == ("arXiv:2403.20327",)


NOTES = (
    "- [SnapKV: Something Long About Caches](https://arxiv.org/abs/2404.14469)\n  > 优于 H2O 的 KV 缓存方法\n",
    "- SnapKV improves on H2O, the KV cache method\n",
    "- PyramidKV: 在 SnapKV 的基础上按层分配缓存\n- SnapKV 优于 H2O 的缓存\n",
)


@given(st.permutations(range(len(NOTES))))
def test_the_order_of_notes_does_not_matter(order: list[int]) -> None:
    extractions = [extract(parse_document(NOTES[n], f"{n}.md"), SHIPPED) for n in order]
    graph = assemble(extractions, resolve(extractions, SHIPPED)).graph
    ordered = [extract(parse_document(t, f"{n}.md"), SHIPPED) for n, t in enumerate(NOTES)]
    assert graph == assemble(ordered, resolve(ordered, SHIPPED)).graph


NAMES = st.lists(
    st.sampled_from(["SnapKV", "Zorb", "zorb", "ZORB", "Zo-rb", "Quux", "H2O", "C++", "C#"]), min_size=1, max_size=8
)


@given(NAMES)
def test_every_mention_gets_one_entity_and_iris_are_unique(names: list[str]) -> None:
    text = " ".join(names)
    mentions, position = [], 0
    for name in names:
        mentions.append(Mention(Span(position, position + len(name)), name, 1, "Method", name, "test", 0.5))
        position += len(name) + 1
    resolution = resolve([Extraction("a.md", "0", tuple(mentions))], SHIPPED)
    iris = [e.iri for e in resolution.entities]
    assert len(iris) == len(set(iris))
    assert set(resolution.mention_entities[0]) == set(iris)
    assert sum(len(e.places) for e in resolution.entities) == len(names)
    assert text


def evidence(sentence: str, confidence: float) -> Evidence:
    return Evidence(f"ev:{sentence}{confidence}", "a.md", 1, 0, 1, sentence, "x", "prose", confidence)


def test_independent_sentences_raise_confidence_and_copies_do_not() -> None:
    assert combined_confidence([evidence("one", 0.5), evidence("two", 0.5)]) == 0.5625
    assert combined_confidence([evidence("one", 0.5), evidence("one", 0.6)]) == 0.6
    assert combined_confidence([evidence(str(n), 0.9) for n in range(20)]) == 0.99
    assert combined_confidence([]) == 0.0


def test_the_stronger_side_of_a_contradiction_stands(vocabulary: Vocabulary) -> None:
    texts = (
        "- SnapKV: KV 缓存\n  - SnapKV 优于 H2O 的缓存。\n",
        "- SnapKV: KV 缓存\n  - SnapKV 并不优于 H2O 的缓存。\n",
    )
    extractions = read(vocabulary, *texts)
    graph = assemble(extractions, resolve(extractions, vocabulary)).graph
    (claim,) = [r for r in graph.relations if r.predicate == "outperforms"]
    assert claim.polarity == "positive"
    assert {e.note for e in claim.evidence} == {"0.md"}


def test_a_record_numbers_entities_in_the_order_of_the_note(vocabulary: Vocabulary) -> None:
    (extraction,) = read(vocabulary, NOTES[0])
    record = note_record(extraction, resolve([extraction], vocabulary))
    assert [e["id"] for e in record["entities"]] == [f"m{n}" for n in range(1, len(record["entities"]) + 1)]
    assert any(r["predicate"] == "introduces" for r in record["relations"])

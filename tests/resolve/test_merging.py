"""What meets, what stays apart, and what resolution says about it."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from papergraph.extract import extract
from papergraph.model import Attribute, Coreference, Entity, EntityType, Extraction, Mention, Span
from papergraph.resolve import resolve
from papergraph.sources import parse_document
from papergraph.vocabulary import Vocabulary, load_vocabulary

SHIPPED = load_vocabulary()
NONE = Vocabulary(())


def mention(
    name: str, kind: EntityType, start: int = 0, *, confidence: float = 0.8, ids: tuple[str, ...] = ()
) -> Mention:
    return Mention(Span(start, start + len(name)), name, start + 1, kind, name, "test", confidence, "", ids)


def note(path: str, *mentions: Mention, same: tuple[tuple[int, int], ...] = ()) -> Extraction:
    coreferences = tuple(Coreference(a, b, "acronym defined at line 1") for a, b in same)
    return Extraction(path, "", mentions, coreferences)


def labels(*notes: Extraction) -> dict[str, Entity]:
    return {e.label: e for e in resolve(notes, NONE).entities}


def test_a_name_has_the_type_that_most_notes_give_it() -> None:
    found = labels(
        note("a.md", mention("ZooBench", "Dataset", confidence=0.9)),
        note("b.md", mention("ZooBench", "Method", confidence=0.5)),
    )
    assert found["ZooBench"].type == "Dataset"
    assert len(found["ZooBench"].places) == 2


def test_a_model_and_a_method_of_one_name_are_one_thing() -> None:
    found = labels(note("a.md", mention("Zeb", "Model", confidence=0.9), mention("Zeb", "Method", 9, confidence=0.5)))
    assert [e.type for e in found.values()] == ["Model"]


def test_a_topic_and_a_paper_keep_their_names_to_themselves() -> None:
    found = resolve([note("a.md", *(mention("LoRA", k) for k in ("Topic", "Method", "Paper")))], NONE)
    assert sorted(e.type for e in found.entities) == ["Method", "Paper", "Topic"]
    assert len({e.iri for e in found.entities}) == 3


def test_a_plural_meets_its_singular_only_where_there_is_one() -> None:
    found = labels(note("a.md", mention("ZResNet", "Method"), mention("ZResNets", "Method", 9)))
    assert list(found) == ["ZResNets"]
    assert list(labels(note("a.md", mention("ZResNets", "Method")))) == ["ZResNets"]


def test_legal_forms_of_a_company_are_no_part_of_its_name() -> None:
    found = labels(
        note("a.md", mention("Zorb, Inc.", "Institution")),
        note("b.md", mention("The Zorb", "Institution")),
        note("c.md", mention("Zorb", "Institution")),
        note("d.md", mention("Zorb Labs", "Institution")),
    )
    assert len(found) == 2


def test_versions_and_sizes_stay_apart() -> None:
    names = ("Zama 2", "Zama-2", "Zama 2 70B", "Zama 3", "Zama")
    assert len(labels(note("a.md", *(mention(n, "Model", 20 * i) for i, n in enumerate(names))))) == 4


def test_a_paper_meets_its_title_without_the_short_name() -> None:
    found = labels(
        note(
            "a.md",
            mention("ZGPT: Training Language Models to Follow Many Instructions", "Paper", ids=("arXiv:2203.02155",)),
        ),
        note("b.md", mention("Training language models to follow many instructions", "Paper")),
    )
    assert list(found) == ["ZGPT: Training Language Models to Follow Many Instructions"]


def test_each_merged_name_has_its_reason_with_a_place() -> None:
    entity = labels(
        note("a.md", mention("Zeb-Net", "Method")),
        note("b.md", mention("Zeb-Net", "Method"), mention("zebnet", "Method", 30)),
    )["Zeb-Net"]
    assert entity.reasons == ("zebnet (b.md:31): Zeb-Net, spelt differently",)
    paper = labels(
        note(
            "a.md",
            mention("标题标题标题", "Paper", ids=("10.1/x",)),
            mention("A Title of Zebras", "Paper", 9, ids=("10.1/x",)),
        )
    )
    assert paper["A Title of Zebras"].reasons == ("标题标题标题 (a.md:1): links to 10.1/x",)


def test_attributes_gather_from_all_notes() -> None:
    one = Extraction("a.md", "", (mention("P of Zebras", "Paper"),), (), (Attribute(0, "year", "2024", 1),))
    two = Extraction("b.md", "", (mention("P of Zebras", "Paper"),), (), (Attribute(0, "venue", "ICML", 1),))
    assert labels(one, two)["P of Zebras"].attributes == (("venue", "ICML"), ("year", "2024"))


NAMES = st.sampled_from(
    ["LoRA", "lora", "LoRA+", "PI", "Position Interpolation", "H2O", "ZooBench", "ZooBenches", "清华", "MoE"]
)
KINDS: st.SearchStrategy[EntityType] = st.sampled_from(["Method", "Model", "Dataset", "Topic", "Institution", "Paper"])
IDS = st.sampled_from([(), ("arXiv:2306.14048",), ("10.1/x",)])


@st.composite
def notes(draw: st.DrawFn) -> list[Extraction]:
    found = []
    for number in range(draw(st.integers(1, 4))):
        drawn = draw(st.lists(st.tuples(NAMES, KINDS, IDS), max_size=6))
        mentions = [mention(n, k, 40 * i, ids=d if k == "Paper" else ()) for i, (n, k, d) in enumerate(drawn)]
        pairs = [(i, i + 1) for i in range(len(mentions) - 1) if mentions[i].type == mentions[i + 1].type != "Paper"]
        found.append(note(f"{number}.md", *mentions, same=tuple(pairs[:1])))
    return found


@given(notes(), st.randoms(use_true_random=False))
def test_the_order_of_notes_does_not_matter(found: list[Extraction], random: object) -> None:
    shuffled = list(found)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    one, other = resolve(found, SHIPPED), resolve(shuffled, SHIPPED)
    assert one.entities == other.entities
    by_path = {e.path: iris for e, iris in zip(shuffled, other.mention_entities, strict=True)}
    assert tuple(by_path[e.path] for e in found) == one.mention_entities


@given(notes())
def test_every_mention_names_one_entity_that_says_where(found: list[Extraction]) -> None:
    resolution = resolve(found, SHIPPED)
    entities = {e.iri: e for e in resolution.entities}
    assert len(entities) == len(resolution.entities)
    for extraction, iris in zip(found, resolution.mention_entities, strict=True):
        for one, iri in zip(extraction.mentions, iris, strict=True):
            entity = entities[iri]
            assert one.name in (entity.label, *entity.aliases)
            assert any(p.note == extraction.path and p.start == one.span.start for p in entity.places)
            assert set(one.identifiers) <= set(entity.identifiers)


def test_the_seed_notes_together_keep_their_papers_apart(shared: Path) -> None:
    paths = sorted((shared / "notes" / "seeds").glob("*.md"))
    clean = [
        extract(parse_document(p.read_text(encoding="utf-8"), p.name), SHIPPED)
        for p in paths
        if p.stem != "paper-reading"
    ]
    found = resolve(clean, SHIPPED)
    jamba = [e for e in found.entities if e.type == "Paper" and "Jamba: A Hybrid" in e.label]
    assert len(jamba) == 1
    assert len({p.note for p in jamba[0].places}) >= 2

"""A small graph in our own words for tests: bilingual, with every type, predicate and kind of value once or more."""

from __future__ import annotations

from papergraph.model import Entity, EntityType, Evidence, Graph, NoteRecord, Place, Predicate, Relation, Run
from papergraph.ontology.iri import entity_iri, evidence_iri, note_iri, statement_iri
from papergraph.ontology.terms import predicate_iri

RUN = Run("0.0.test", "c" * 64, (("caches.md", "a" * 64), ("手机/on device.md", "b" * 64)))
NOTES = ("caches.md", "手机/on device.md")


def iri(entity_type: EntityType, name: str, *identifiers: str) -> str:
    return entity_iri(entity_type, name, identifiers=identifiers)


H2O = iri("Method", "H2O")
KEYFORMER = iri("Method", "Keyformer")
SNAPKV = iri("Method", "SnapKV")
SQUEEZED = iri("Method", "Squeezed Attention")
H2O_PAPER = iri("Paper", "", "arXiv:2306.14048")
KEYFORMER_PAPER = iri("Paper", "", "10.1145/3600006.3613165")
PHONE_PAPER = iri("Paper", "在手机上运行大模型")
LLAMA = iri("Model", "Llama 2")
TSINGHUA = iri("Institution", "Tsinghua University")
PHONE = iri("Hardware", "smartphone")
A100 = iri("Hardware", "NVIDIA A100")
MMLU = iri("Dataset", "MMLU")
CACHES = iri("Topic", "KV cache")
EVICTION = iri("Topic", "eviction")
PERSON = iri("Person", "Li Hua")


def place(note: str, line: int, start: int, surface: str) -> Place:
    return Place(note, line, start, start + len(surface), surface)


def relation(
    subject: str,
    predicate: Predicate,
    obj: str,
    *sentences: tuple[str, int, str],
    confidence: float = 0.9,
    negative: bool = False,
    dataset: str = "",
    metric: str = "",
) -> Relation:
    """A relation with one piece of evidence for each (note, line, sentence)."""
    statement = statement_iri(subject, predicate_iri(predicate), obj)
    evidence = tuple(
        Evidence(
            iri=evidence_iri(statement, note, sentence, "test-rule"),
            note=note,
            line=line,
            start=line * 100,
            end=line * 100 + len(sentence),
            sentence=sentence,
            extractor="test-rule",
            tier="prose" if line % 2 else "structure",
            confidence=confidence,
        )
        for note, line, sentence in sentences
    )
    return Relation(
        iri=statement,
        subject=subject,
        predicate=predicate,
        object=obj,
        confidence=confidence,
        polarity="negative" if negative else "positive",
        evidence=tuple(sorted(evidence, key=lambda e: e.iri)),
        dataset=dataset,
        metric=metric,
    )


def small_graph() -> Graph:
    """The graph that most tests read."""
    one, two = NOTES
    entities = (
        Entity(
            H2O,
            "Method",
            "H2O",
            ("Heavy-Hitter Oracle", "H₂O", "重击者"),
            (),
            (),
            (place(one, 3, 40, "H2O"),),
            ("why",),
        ),
        Entity(KEYFORMER, "Method", "Keyformer", (), (), (), (place(one, 9, 200, "Keyformer"),)),
        Entity(SNAPKV, "Method", "SnapKV", ("Snap-KV",), (), (), (place(two, 4, 60, "SnapKV"),)),
        Entity(SQUEEZED, "Method", "Squeezed Attention", (), (), (), (place(two, 6, 90, "Squeezed Attention"),)),
        Entity(
            H2O_PAPER,
            "Paper",
            "An oracle of heavy hitters",
            (),
            ("OpenReview:RkRrPp7GKO", "arXiv:2306.14048"),
            (("code", "https://example.org/h2o"), ("title", "An oracle of heavy hitters"), ("year", "2023")),
            (place(one, 1, 2, "An oracle of heavy hitters"),),
        ),
        Entity(
            KEYFORMER_PAPER,
            "Paper",
            "Keyformer: fewer key tokens",
            (),
            ("10.1145/3600006.3613165",),
            (("url", "https://example.org/k"), ("venue", "MLSys 2024"), ("year", "2024")),
            (place(one, 8, 150, "Keyformer: fewer key tokens"),),
        ),
        Entity(
            PHONE_PAPER,
            "Paper",
            "在手机上运行大模型",
            ("Large models on phones",),
            ("https://example.org/phones?a=1&b=2",),
            (("year", "2025"),),
            (place(two, 1, 2, "在手机上运行大模型"),),
        ),
        Entity(LLAMA, "Model", "Llama 2", ("LLaMA-2",), (), (), (place(one, 12, 300, "Llama 2"),)),
        Entity(
            TSINGHUA,
            "Institution",
            "Tsinghua University",
            ("THU", "清华", "清华大学"),
            (),
            (),
            (place(two, 2, 20, "清华"),),
        ),
        Entity(
            PHONE, "Hardware", "smartphone", ("手机",), (), (("hardwareClass", "phone"),), (place(two, 3, 44, "手机"),)
        ),
        Entity(
            A100,
            "Hardware",
            "NVIDIA A100",
            (),
            (),
            (("hardwareClass", "server GPU"), ("memoryGB", "80"), ("vendor", "NVIDIA")),
            (place(one, 14, 350, "A100"),),
        ),
        Entity(MMLU, "Dataset", "MMLU", (), (), (), (place(one, 13, 320, "MMLU"),)),
        Entity(CACHES, "Topic", "KV cache", ("KV 缓存",), (), (), (place(one, 2, 30, "KV cache"),)),
        Entity(EVICTION, "Topic", "eviction", ("淘汰",), (), (), (place(one, 5, 80, "eviction"),)),
        Entity(PERSON, "Person", "Li Hua", ("李华",), (), (), (place(two, 2, 30, "Li Hua"),)),
    )
    relations = (
        relation(H2O_PAPER, "introduces", H2O, (one, 1, "An oracle of heavy hitters (H2O)"), confidence=0.95),
        relation(KEYFORMER_PAPER, "introduces", KEYFORMER, (one, 8, "Keyformer: fewer key tokens")),
        relation(
            KEYFORMER,
            "improvesOn",
            H2O,
            (one, 9, "Keyformer 改进了 H2O 的打分。"),
            (two, 5, "Keyformer is a better H2O."),
        ),
        relation(SNAPKV, "improvesOn", H2O, (two, 4, "SnapKV 也许比 H2O 好。"), confidence=0.3),
        relation(SQUEEZED, "extends", KEYFORMER, (two, 6, "Squeezed Attention extends Keyformer.")),
        relation(
            SNAPKV,
            "outperforms",
            KEYFORMER,
            (two, 7, "SnapKV 在 MMLU 上并不优于 Keyformer。"),
            negative=True,
            dataset=MMLU,
            metric="accuracy",
        ),
        relation(SQUEEZED, "outperforms", SNAPKV, (two, 8, "It beats SnapKV."), confidence=0.6),
        relation(KEYFORMER, "uses", LLAMA, (one, 12, "Keyformer was tried with Llama 2.")),
        relation(H2O, "comparedWith", SNAPKV, (two, 10, "H2O next to SnapKV")),
        relation(LLAMA, "evaluatedOn", MMLU, (one, 13, "Llama 2 on MMLU")),
        relation(LLAMA, "trainedOn", MMLU, (one, 15, "not a wise thing to train on"), confidence=0.5),
        relation(H2O, "measuredOn", A100, (one, 14, "在 A100 上测得")),
        relation(PHONE_PAPER, "targetsHardware", PHONE, (two, 3, "为手机而作"), confidence=1.0),
        relation(PHONE_PAPER, "affiliatedWith", TSINGHUA, (two, 2, "清华 Li Hua"), confidence=0.99),
        relation(PHONE_PAPER, "authoredBy", PERSON, (two, 2, "清华 Li Hua"), confidence=0.8),
        relation(H2O_PAPER, "hasTopic", EVICTION, (one, 5, "eviction > An oracle of heavy hitters")),
        relation(EVICTION, "broader", CACHES, (one, 2, "KV cache > eviction")),
    )
    notes = (
        NoteRecord(note_iri(one), one, "a" * 64),
        NoteRecord(note_iri(two), two, "b" * 64, "gb18030"),
    )
    return Graph(
        tuple(sorted(entities, key=lambda e: e.iri)),
        tuple(sorted(relations, key=lambda r: r.iri)),
        tuple(sorted(notes, key=lambda n: n.iri)),
    )

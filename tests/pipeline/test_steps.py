"""The order of the stages, third-party extractors, and the Python interface."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import papergraph as pg
from papergraph.config import Config
from papergraph.errors import ConfigError, NoteError, UnknownNameError
from papergraph.extract import extract
from papergraph.model import Span
from papergraph.pipeline.cache import ExtractionCache, Kept
from papergraph.pipeline.steps import STEPS
from papergraph.sources import parse_document
from papergraph.vocabulary import Vocabulary
from tests.conftest import NOTES, Install


def test_the_pipeline_is_this_list() -> None:
    assert [name for name, _ in STEPS] == ["read", "library", "extract", "record", "resolve", "assemble"]


def test_the_values_are_frozen() -> None:
    with pytest.raises(AttributeError):
        Span(0, 1).start = 3  # type: ignore[misc]
    with pytest.raises(ValueError, match="needs 0 <= start < end"):
        Span(3, 3)


@pytest.mark.slow
def test_every_mention_is_what_its_span_says(vocabulary: Vocabulary) -> None:
    for path in sorted(NOTES.glob("*.md")):
        document = parse_document(path.read_text(encoding="utf-8"), path.name)
        for mention in extract(document, vocabulary).mentions:
            assert mention.span.of(document.text) == mention.surface
            assert document.line_of(mention.span.start) == mention.line


def test_the_cache_gives_back_what_it_was_given(vocabulary: Vocabulary, tmp_path: Path) -> None:
    cache = ExtractionCache(tmp_path / "cache")
    for path in sorted(NOTES.glob("*.md")):
        extraction = extract(parse_document(path.read_text(encoding="utf-8"), path.name, sha256="0"), vocabulary)
        cache.write(path.stem, Kept(extraction))
        assert cache.read(path.stem) == Kept(extraction)
    (tmp_path / "cache" / "kv-cache.json").write_text("{broken", encoding="utf-8")
    assert cache.read("kv-cache") is None
    later = ExtractionCache(tmp_path / "cache")
    later.prune()
    assert not list((tmp_path / "cache").iterdir())
    assert ExtractionCache(None).read("x") is None


SHOUT = """
from papergraph.model import Span

def recognise(reading):
    start = reading.text.find("ZORB")
    return [reading.mention(Span(start, start + 4), "Method", "shout", 0.9)] if start >= 0 else []
"""


def test_a_third_party_adds_an_extractor(tmp_path: Path, install: Install) -> None:
    install("shout", SHOUT)
    install("broken", "import no.such.module")
    (tmp_path / "a.md").write_text("We ZORB it.\n", encoding="utf-8")
    graph = pg.build(tmp_path / "a.md", config=Config(extractors=("shout",)))
    assert graph.show("ZORB")
    with pytest.raises(ConfigError, match="installed: broken, shout"):
        pg.build(tmp_path, config=Config(extractors=("shuot",)))
    with pytest.raises(ConfigError, match="could not be loaded"):
        pg.build(tmp_path, config=Config(extractors=("broken",)))


def test_the_python_interface(own_store: Path, tmp_path: Path) -> None:
    graph = pg.build(NOTES, store=own_store)
    assert f"{len(list(NOTES.glob('*.md')))} notes" in repr(graph)
    assert "Keyformer" in str(graph.lineage("H2O"))
    assert graph.lineage("H2O")._repr_markdown_().startswith("# What builds on H2O")
    assert "improved by" in str(graph.show("H2O"))
    assert "<table>" in graph.show("H2O")._repr_html_()
    assert "PyramidKV" in str(graph.query("what-builds-on", method="SnapKV"))
    assert graph.query("ASK { ?a ?b ?c }")._repr_html_() == "<p>yes</p>"
    assert graph.to_graph().entities
    network = graph.to_networkx()
    keyformer, h2o = (next(n for n, d in network.nodes(data=True) if d["label"] == x) for x in ("Keyformer", "H2O"))
    assert network.has_edge(keyformer, h2o, key="improvesOn")
    assert len(graph.to_rdflib()) > 1000
    assert graph.view(tmp_path / "g.html", focus="H2O").is_file()
    again = pg.open_graph(own_store)
    assert again.source.digest == graph.source.digest
    with pytest.raises(UnknownNameError, match="did you mean"):
        graph.lineage("Keyformr")
    with pytest.raises(AttributeError):
        pg.nonsense  # noqa: B018


def test_problems_are_listed_or_raised(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes(b"")
    (tmp_path / "b.md").write_text("SnapKV extends H2O.\n", encoding="utf-8")
    assert [str(p) for p in pg.build(tmp_path).problems] == ["a.md: is empty"]
    with pytest.raises(NoteError, match=r"a\.md: is empty"):
        pg.build(tmp_path, strict=True)


@pytest.mark.slow
def test_spacy_users_can_reuse_the_components() -> None:
    code = (
        "import warnings; warnings.simplefilter('ignore')\n"
        "import spacy, papergraph.extract.nlp as n\n"
        "nlp = spacy.blank('en'); nlp.tokenizer = n.MixedTokenizer(nlp.vocab)\n"
        "nlp.add_pipe('papergraph_mentions'); nlp.add_pipe('papergraph_relations')\n"
        "doc = nlp('SnapKV 优于 Keyformer。')\n"
        "assert [e.text for e in doc.ents] == ['SnapKV', 'Keyformer'], doc.ents\n"
        "assert doc._.relations[0].predicate == 'outperforms'\n"
        "assert nlp('').text == ''\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)

"""Jobs on Spark itself, on this machine: the same quads as a local build, whatever the notes lie in."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from papergraph.config import Config
from papergraph.errors import ConfigError, NoteError
from papergraph.export.rows import LISTINGS
from papergraph.ontology.sameness import DisjointSets
from papergraph.pipeline.steps import build_in_memory
from papergraph.rdf import canonical_nquads
from papergraph.spark import Manifest, build_on_spark, open_session
from papergraph.spark.components import find_components
from tests.conftest import NOTES
from tests.spark.test_on_workers import MANY
from tests.spark.test_plain import ODD

if TYPE_CHECKING:
    from papergraph.store import GraphStore

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("java") is None, reason="needs Java"),
    pytest.mark.filterwarnings(
        "ignore::FutureWarning:pyspark", "ignore::ResourceWarning", "ignore::DeprecationWarning"
    ),
]


@pytest.fixture(scope="module")
def spark() -> Iterator[Any]:
    pytest.importorskip("pyspark", reason="needs the extra `spark`")
    session = open_session("local[2,4]", memory="1g")
    session.conf.set("spark.sql.shuffle.partitions", "4")  # there are few notes
    yield session
    session.stop()


@pytest.fixture(scope="module")
def notes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with notes, a damaged one, one that is no text, and a copy."""
    folder = tmp_path_factory.mktemp("notes")
    for path in sorted(NOTES.glob("*.md"))[:4]:
        shutil.copy(path, folder)
    (folder / "below").mkdir()
    text = "# 笔记\n\n- H2O 改进了 SnapKV，我们把不重要的词元淘汰掉，并且保留最近的窗口。\n"
    (folder / "below" / "b.md").write_text(text, encoding="utf-8")
    (folder / "below" / "b (1).md").write_text(text, encoding="utf-8")
    (folder / "damaged.md").write_bytes((text * 9).encode().decode("latin-1").encode())
    (folder / "binary.md").write_bytes(b"\0\1\2" * 500)
    for name, odd in (ODD | MANY).items():
        (folder / name).write_text(odd, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def local(notes: Path) -> GraphStore:
    return build_in_memory([notes], Config(corrections="none.tsv"))[0]


def nquads(output: Path, manifest: Manifest) -> str:
    return "".join((output / part.name).read_text(encoding="utf-8") for part in manifest.parts)


CONFIG = Config(corrections="none.tsv")


def test_a_folder_gives_the_quads_the_seal_and_the_tables_of_a_local_build(
    spark: Any, notes: Path, local: GraphStore, tmp_path: Path
) -> None:
    from pyarrow import parquet

    manifest = build_on_spark(spark, notes, tmp_path, CONFIG)
    assert nquads(tmp_path, manifest) == canonical_nquads(local.quads())
    seal = local.seal
    assert (manifest.quads, manifest.digest, manifest.configuration) == (
        seal.quads,
        seal.digest,
        seal.run.configuration,
    )
    assert manifest.entities == dict(seal.entities)
    assert json.loads((tmp_path / "manifest.json").read_text(encoding="utf-8"))["digest"] == seal.digest
    assert sorted(path.name.partition("-")[0] for path in (tmp_path / "_work").iterdir()) == ["extracted"]
    graph = local.read_graph()
    for name in ("entities", "relations", "evidence"):
        rows = parquet.read_table(tmp_path / f"{name}.parquet").to_pylist()
        assert sorted(map(repr, (tuple(row.values()) for row in rows))) == sorted(map(repr, LISTINGS[name].rows(graph)))
    problems = parquet.read_table(tmp_path / "problems.parquet").to_pylist()
    found = {(row["path"], row["kind"]) for row in problems}
    assert {("binary.md", "unread"), ("below/b (1).md", "left out")} <= found


def test_names_that_workers_join_give_the_same(spark: Any, notes: Path, local: GraphStore, tmp_path: Path) -> None:
    said: list[str] = []
    manifest = build_on_spark(spark, notes, tmp_path, CONFIG, names_on="workers", say=said.append)
    assert nquads(tmp_path, manifest) == canonical_nquads(local.quads())
    assert manifest.digest == local.seal.digest
    assert any("joining keys, round 2" in text for text in said)


def test_components_are_those_of_disjoint_sets(spark: Any) -> None:
    numbers = random.Random(7)  # noqa: S311  nothing secret
    chain = [(number, number + 1) for number in range(100, 130)]
    pairs = [*chain, *((1, number) for number in range(2, 50)), (7, 7)]
    pairs += [(numbers.randrange(-300, 0), numbers.randrange(-300, 0)) for _ in range(120)]
    sets = DisjointSets[int]()
    for pair in pairs:
        sets.join(pair)
    edges = spark.createDataFrame(numbers.sample(pairs, len(pairs)), "node long, least long")
    found = find_components(edges, lambda _, make: make().localCheckpoint()).collect()
    ends = {end for pair in pairs for end in pair}
    assert {row.node: row.least for row in found} == {end: sets.find(end) for end in ends if sets.find(end) != end}
    assert len(found) == len({row.node for row in found})


@pytest.mark.parametrize("form", ["parquet", "jsonl", "files"])
def test_tables_and_other_file_systems_give_the_same(
    spark: Any, notes: Path, local: GraphStore, tmp_path: Path, form: str
) -> None:
    rows = [(str(p.relative_to(notes)), p.read_bytes()) for p in sorted(notes.rglob("*.md"))]
    address = notes.as_uri() if form == "files" else str(tmp_path / f"notes.{form}")
    if form == "parquet":
        spark.createDataFrame(rows, "path string, content binary").write.parquet(address)
    elif form == "jsonl":
        rows = [row for row in rows if row[0] != "binary.md"]
        lines = (json.dumps({"path": path, "content": data.decode()}) for path, data in rows)
        Path(address).write_text("\n".join(lines), encoding="utf-8")
    manifest = build_on_spark(spark, address, tmp_path / "out", CONFIG)
    assert nquads(tmp_path / "out", manifest) == canonical_nquads(local.quads())


def test_a_job_that_was_stopped_goes_on_where_it_was(
    spark: Any, notes: Path, local: GraphStore, tmp_path: Path
) -> None:
    def stop(doing: str) -> None:
        if doing == "weighing claims":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build_on_spark(spark, notes, tmp_path, CONFIG, say=stop)
    assert not (tmp_path / "manifest.json").exists()
    _forget_a_note(next((tmp_path / "_work").glob("extracted-*")))
    states = {path.name: path.stat().st_mtime_ns for path in (tmp_path / "_work").iterdir()}
    assert {name.partition("-")[0] for name in states} == {"extracted", "keyed", "profiles", "entities"}
    seen: dict[str, int] = {}

    def look(doing: str) -> None:
        if doing == "writing":
            seen.update({path.name: path.stat().st_mtime_ns for path in (tmp_path / "_work").iterdir()})

    manifest = build_on_spark(spark, notes, tmp_path, CONFIG, say=look)
    assert {name: seen[name] for name in states} == states
    assert nquads(tmp_path, manifest) == canonical_nquads(local.quads())
    assert manifest.problems["unread"] == 1, "the note that a busy machine kept unread is read again"


def _forget_a_note(stage: Path) -> None:
    """Make of one note that was read one that took too long, as on a busy machine."""
    from pyarrow import parquet

    for path in sorted(stage.glob("part-*.parquet")):
        table = parquet.read_table(path)
        rows = table.to_pylist()
        if read := [row for row in rows if row["extraction"]]:
            read[0].update(extraction=None, problem="left out: reading it took too long")
            parquet.write_table(table.from_pylist(rows, table.schema), path)
            (stage / f".{path.name}.crc").unlink(missing_ok=True)
            return
    raise AssertionError("no note was read")


def test_a_worker_that_is_killed_costs_a_retry_and_nothing_else(
    spark: Any, notes: Path, local: GraphStore, tmp_path: Path
) -> None:
    killed: list[int] = []
    ended = threading.Event()

    def kill() -> None:
        while not ended.wait(0.05) and len(killed) < 2:
            killed.extend(pid for pid in _workers() if pid not in killed and _kill(pid))
            time.sleep(1)

    killer = threading.Thread(target=kill)
    manifest = build_on_spark(spark, notes, tmp_path, CONFIG, say=lambda d: killer.start() if "part 1" in d else None)
    ended.set()
    killer.join()
    assert killed
    assert nquads(tmp_path, manifest) == canonical_nquads(local.quads())


def _workers() -> list[int]:
    """The Python workers of the Java process below this one: children of their daemon."""
    listing = subprocess.run(["ps", "-eo", "pid,ppid,args"], capture_output=True, text=True, check=True).stdout
    rows = [
        (int(pid), int(above), words)
        for pid, above, words in (line.split(None, 2) for line in listing.split("\n")[1:-1])
    ]
    ours, size = {os.getpid()}, 0
    while len(ours) != size:
        size = len(ours)
        ours |= {pid for pid, above, _ in rows if above in ours}
    daemons = {pid for pid, _, words in rows if "pyspark.daemon" in words}
    return [pid for pid, above, words in rows if pid in ours and above in daemons and "pyspark.daemon" in words]


def _kill(pid: int) -> bool:
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return False
    return True


def test_what_cannot_be_built_is_refused_in_words(spark: Any, notes: Path, tmp_path: Path) -> None:
    with pytest.raises(NoteError, match="does not exist"):
        build_on_spark(spark, tmp_path / "missing", tmp_path / "out", CONFIG)
    with pytest.raises(ConfigError, match="cannot use library and propose"):
        build_on_spark(spark, notes, tmp_path / "out", Config(library=("a.bib",), propose="m", corrections="none.tsv"))
    spark.createDataFrame([("a",)], "path string").write.parquet(str(tmp_path / "a.parquet"))
    with pytest.raises(ConfigError, match="has no column content"):
        build_on_spark(spark, tmp_path / "a.parquet", tmp_path / "out", CONFIG)

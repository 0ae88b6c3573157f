"""What all requests share: what was once computed about a generation."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import papergraph as pg
from papergraph.serve import Settings
from papergraph.serve.service import Service


def test_what_many_ask_for_at_once_is_made_once(demo_store: Path) -> None:
    service, made = Service(Settings(demo_store, workers=1)), list[int]()

    def make() -> int:
        time.sleep(0.05)
        made.append(1)
        return 42

    try:
        with ThreadPoolExecutor(6) as pool:
            answers = list(pool.map(lambda _: service.remember("x", make), range(6)))
    finally:
        service.close()
    assert (answers, len(made)) == ([42] * 6, 1)


def test_what_was_made_of_an_older_generation_is_not_remembered_of_the_next(tmp_path: Path) -> None:
    note = tmp_path / "notes" / "a.md"
    note.parent.mkdir()
    note.write_text("SnapKV extends H2O.\n", encoding="utf-8")
    pg.build(note.parent, store=tmp_path / "store")
    service = Service(Settings(tmp_path / "store", workers=1))
    begun, built = threading.Event(), threading.Event()

    def slow() -> int:
        old = service.graph().seal.quads
        begun.set()
        assert built.wait(60)
        return old

    try:
        with ThreadPoolExecutor(1) as pool:
            late = pool.submit(service.remember, "quads", slow)
            assert begun.wait(60)
            note.write_text("SnapKV extends H2O.\n\nPyramidKV extends SnapKV.\n", encoding="utf-8")
            pg.build(note.parent, store=tmp_path / "store")
            new = service.graph().seal.quads
            built.set()
            old = late.result()
        assert service.remember("quads", lambda: service.graph().seal.quads) == new
        assert old < new
    finally:
        service.close()


def test_what_a_request_makes_of_the_graph_that_it_began_with_is_not_remembered_of_the_next(tmp_path: Path) -> None:
    note = tmp_path / "notes" / "a.md"
    note.parent.mkdir()
    note.write_text("SnapKV extends H2O.\n", encoding="utf-8")
    pg.build(note.parent, store=tmp_path / "store")
    service = Service(Settings(tmp_path / "store", workers=1))
    try:
        old = service.graph()
        note.write_text("SnapKV extends H2O.\n\nPyramidKV extends SnapKV.\n", encoding="utf-8")
        pg.build(note.parent, store=tmp_path / "store")
        assert service.remember("quads", lambda: old.seal.quads, old) == old.seal.quads
        new = service.graph()
        assert service.remember("quads", lambda: new.seal.quads, new) == new.seal.quads > old.seal.quads
    finally:
        service.close()

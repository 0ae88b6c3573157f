"""A third-party extractor that does to its process what a note tells it to."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

_MODULE = """
import ctypes, os, signal, sys, time

def recognise(reading):
    text = reading.text
    if "LOOP" in text:
        while True:
            pass
    if "SLEEP" in text:
        time.sleep(3600)
    if "EAT" in text:
        bytearray(10**11)
    if "RAISE" in text:
        raise ZeroDivisionError
    if "ABORT" in text:
        os.abort()
    if "EXIT" in text:
        sys.exit(3)
    if "KILLED ONCE" in text and not os.path.exists(os.environ["KILLED"]):
        open(os.environ["KILLED"], "w").close()
        os.kill(os.getpid(), signal.SIGKILL)
    return ()
"""


@pytest.fixture
def unruly(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Install the extractor, for this process and those that it starts, and return its name."""
    folder = tmp_path / "installed"
    info = folder / "unruly-1.0.dist-info"
    info.mkdir(parents=True)
    (folder / "unruly.py").write_text(_MODULE, encoding="utf-8")
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: unruly\nVersion: 1.0\n", encoding="utf-8")
    (info / "entry_points.txt").write_text("[papergraph.extractors]\nunruly = unruly:recognise\n", encoding="utf-8")
    monkeypatch.syspath_prepend(str(folder))
    monkeypatch.setenv("PYTHONPATH", str(folder))
    monkeypatch.setenv("KILLED", str(tmp_path / "killed"))
    yield "unruly"
    sys.modules.pop("unruly", None)

"""A third-party extractor that does to its process what a note tells it to."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import Install

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
def unruly(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, install: Install) -> str:
    """Install the extractor and return its name."""
    monkeypatch.setenv("KILLED", str(tmp_path / "killed"))
    return install("unruly", _MODULE)

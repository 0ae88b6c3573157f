"""Ctrl-C is not forgotten, whenever it comes."""

from __future__ import annotations

import contextlib
import os
import signal

import pytest

from papergraph.system.interrupts import remembering_interrupts


def press() -> None:
    os.kill(os.getpid(), signal.SIGINT)


def test_what_swallows_an_interrupt_does_not_make_it_forgotten() -> None:
    with remembering_interrupts() as check:
        check()
        with contextlib.suppress(KeyboardInterrupt):
            press()
        with pytest.raises(KeyboardInterrupt):
            check()


def test_an_interrupt_ends_what_goes_on_and_nothing_is_left_afterwards() -> None:
    before = signal.getsignal(signal.SIGINT)
    with pytest.raises(KeyboardInterrupt), remembering_interrupts():
        press()
    assert signal.getsignal(signal.SIGINT) is before

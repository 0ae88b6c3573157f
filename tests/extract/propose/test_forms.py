"""A name is found as its plural or singular, and by the short form that it gives in brackets."""

from __future__ import annotations

import pytest

from papergraph.extract.propose.forms import forms_of


@pytest.mark.parametrize(
    ("name", "forms"),
    [
        ("Transformer", ["Transformer", "Transformers"]),
        ("Adapters", ["Adapters", "Adapter"]),
        ("Boss", ["Boss", "Bosss"]),
        ("霜流", ["霜流"]),
        ("Low-Rank Adaptation (LoRA)", ["Low-Rank Adaptation (LoRA)", "Low-Rank Adaptation", "LoRA"]),
        ("Qwen (large)", ["Qwen (large)"]),
    ],
)
def test_forms(name: str, forms: list[str]) -> None:
    assert list(forms_of(name)) == forms

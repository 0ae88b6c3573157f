from __future__ import annotations

from papergraph.model import Entity
from papergraph.store.names import NameTable, rewrite_names, write_names

LORA = Entity("urn:lora", "Method", "LoRA", ("Low-Rank Adaptation", "低秩适配"), ("arXiv:2106.09685",))
QLORA = Entity("urn:qlora", "Method", "QLoRA")


def test_a_table_that_is_rewritten_is_that_of_the_entities_that_result() -> None:
    renamed = Entity("urn:lora", "Model", "LoRA 2")
    table = rewrite_names(write_names([LORA, QLORA]), [LORA.iri], [renamed])
    assert table == write_names([renamed, QLORA])
    assert rewrite_names(table, [renamed.iri, QLORA.iri], ()) == b""


def test_parts_of_names_are_found_in_names_and_not_in_iris() -> None:
    table = NameTable(write_names([LORA, QLORA]))
    assert [c.iri for c in table.containing("lora", 9)] == ["urn:lora", "urn:qlora"]
    assert [c.iri for c in table.containing("秩适", 9)] == ["urn:lora"]
    assert table.containing("urn", 9) == []
    assert [c.label for c in table.beginning("urn:q")] == ["QLoRA"]
    assert NameTable().suggest("x") == ()

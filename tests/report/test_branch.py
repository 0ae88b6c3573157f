"""What is said of a branch of a lineage."""

from __future__ import annotations

from papergraph.insight.branches import branches
from papergraph.insight.lineage import Lineage, Member, Step, Work
from papergraph.report.branch import describe_member, remark_of


def test_a_member_is_described_by_its_papers_years_and_institutions() -> None:
    works = (Work("urn:w", "A paper", "2023", ("Google",)),)
    assert describe_member(Member("urn:m", "M", 0, works)) == "A paper · 2023 · Google"
    assert describe_member(Member("urn:m", "a paper", 0, works)) == "2023 · Google"


def test_a_step_against_time_is_remarked() -> None:
    members = tuple(
        Member(f"urn:{n}", n, d, (Work(f"urn:{n}p", n, y),)) for n, d, y in (("a", 0, "2024"), ("b", 1, "2020"))
    )
    lineage = Lineage("urn:a", "downstream", members, (Step("urn:b", "extends", "urn:a", 0.9, ()),))
    (branch,) = branches(lineage)
    assert remark_of(lineage, branch) == "  (older than what it builds on)"

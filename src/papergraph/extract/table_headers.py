"""Words in the header of a table that say what its columns hold."""

from __future__ import annotations

#: In the header of a column of institutions.
INSTITUTION_HEADERS = ("institution", "affiliation", "org", "company", "机构", "单位", "公司", "团队", "组织")

"""Which settings a session gets from us."""

from __future__ import annotations

from pathlib import Path

import pytest

from papergraph.spark import session
from papergraph.spark.session import LOCAL, own_settings


def test_a_session_of_our_own_gets_all_settings() -> None:
    settings = own_settings("", "3g", ())
    assert (settings["spark.master"], settings["spark.driver.memory"]) == (LOCAL, "3g")
    assert own_settings("yarn", "3g", ())["spark.master"] == "yarn"


def test_the_settings_of_an_installation_win_over_ours_and_what_is_given_over_both(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("pyspark", reason="needs the extra `spark`")
    monkeypatch.setenv("SPARK_CONF_DIR", str(tmp_path))
    assert session._defaults() == frozenset()
    text = "# spark.app.name other\n\n spark.driver.memory 5g\nspark.master: yarn\nspark.sql.shuffle.partitions=8\n"
    (tmp_path / "spark-defaults.conf").write_text(text)
    known = session._defaults()
    assert not own_settings("", "", known).keys() & {
        "spark.driver.memory",
        "spark.master",
        "spark.sql.shuffle.partitions",
    }
    assert own_settings("local[1]", "", known)["spark.master"] == "local[1]"
    assert own_settings("", "", known)["spark.app.name"] == "papergraph"


def test_what_spark_submit_was_given_wins() -> None:
    given = {"spark.master", "spark.driver.memory", "spark.app.name", "spark.sql.shuffle.partitions"}
    settings = own_settings("", "", given)
    assert not settings.keys() & given
    assert settings["spark.driver.maxResultSize"] == "0"

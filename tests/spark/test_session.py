"""Which settings a session gets from us."""

from __future__ import annotations

from papergraph.spark.session import LOCAL, own_settings


def test_a_session_of_our_own_gets_all_settings() -> None:
    settings = own_settings("", "3g", ())
    assert (settings["spark.master"], settings["spark.driver.memory"]) == (LOCAL, "3g")
    assert own_settings("yarn", "3g", ())["spark.master"] == "yarn"


def test_what_spark_submit_was_given_wins() -> None:
    given = {"spark.master", "spark.app.name", "spark.sql.shuffle.partitions"}
    settings = own_settings("yarn", "3g", given)
    assert not settings.keys() & (given | {"spark.driver.memory"})
    assert settings["spark.driver.maxResultSize"] == "0"

"""What the errors of PostgreSQL are of: every one of the manual's list has a row, and a row is whole."""

from __future__ import annotations

from importlib.resources import files

import pytest

from parity.explain.sqlstates import OF, state, states
from parity.probe.postgres.settings import SETTINGS

LISTED = [
    line.split()[0]
    for line in (files("parity.explain.facts") / "data" / "sqlstates.txt").read_text("utf-8").splitlines()
    if line and not line.startswith("#")
]


def test_every_error_of_the_manual_is_of_something() -> None:
    assert len(LISTED) > 200
    assert [code for code in LISTED if state(code) is None] == []
    assert state("ZZ000") is None


def test_every_row_is_about_errors_of_the_manual() -> None:
    assert [name for name in states() if not any(code.startswith(name) for code in LISTED)] == []


def test_a_row_is_whole() -> None:
    for name, row in states().items():
        assert row.of in OF, name
        assert row.words, name
        assert not row.words.endswith("."), name
        assert row.source.startswith("https://"), name
        assert all(0 < likelihood < 1 for likelihood in row.keys.values()), name
        assert row.of != "setting" or row.keys, name


def test_the_settings_are_those_of_a_profile() -> None:
    beside = {"encoding", "collate", "locale_provider", "pooler", "replica", "ssl_required", "old_snapshot_threshold"}
    named = {key for row in states().values() for key in row.keys if "*" not in key}
    assert named - SETTINGS.keys() - beside == set()


@pytest.mark.parametrize(
    ("code", "of"),
    [("40P01", "program"), ("40001", "setting"), ("23505", "data"), ("42P10", "schema"), ("42601", "version"),
     ("42501", "right"), ("53300", "setting"), ("25P02", "after")],
)  # fmt: skip
def test_what_an_error_is_of(code: str, of: str) -> None:
    found = state(code)
    assert found
    assert found.of == of

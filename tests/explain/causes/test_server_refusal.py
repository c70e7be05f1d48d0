"""The data of `server_refusal`: each row says what its own example says, of keys that a server is asked for."""

from __future__ import annotations

import pytest

from parity.explain.causes.server_refusal import Refusal, refusals
from parity.products import settings

OWN = {"collate", "encoding", "product", "replica", "server_version", "ssl", "ssl_required", "authentication_plugin"}
"""Keys that are no setting's name."""
ROWS = [(name, row) for name in ("mysql", "redis") for row in refusals(name)]


@pytest.mark.parametrize(("name", "row"), ROWS, ids=[f"{name}-{row.example[:30]}" for name, row in ROWS])
def test_row(name: str, row: Refusal) -> None:
    assert row.message.search(row.example.lower())
    assert row.source.startswith("https://")
    assert not row.words.endswith(".")
    assert all(0 < likelihood < 1 for likelihood in row.keys.values())
    assert all(key in OWN or key in settings(name) or key == "modules.*" for key in row.keys)
    assert (name == "mysql") == bool(row.numbers)
    assert not row.numbers or any(f"({number}," in row.example for number in row.numbers)
    assert not row.modes or "sql_mode" in row.keys


def test_another_family_has_none() -> None:
    assert refusals("postgresql") == ()

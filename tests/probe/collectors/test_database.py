"""Rows into items, without a server: what each kind of answer becomes."""

from __future__ import annotations

from typing import Any

import pytest

from parity.probe.collectors import database
from parity.probe.kit import Absent, View

SERVER: dict[str, Any] = {
    "server_version": "15.18 (Debian 15.18-0+deb12u1)",
    "replica": False,
    "backend_pid": 7,
    "encoding": "UTF8",
    "connection_limit": -1,
    "collate": "C",
    "ctype": "C",
    "locale_provider": "c",
    "locale": None,
    "rules": None,
    "collation_version": None,
}


def section(*answers: Any, **client: Any) -> Any:
    """The section of these answers; what is left out was refused."""
    refused = ["refused"] * (len(database.STATEMENTS) - len(answers))
    return database.section([*answers, *refused], client)


def setting(name: str, kind: str, value: str | None, unit: str | None = None, sees_all: bool = True) -> dict[str, Any]:
    return {"name": name, "kind": kind, "unit": unit, "value": value, "sees_all": sees_all}


def test_nobody_asked_the_probe() -> None:
    with pytest.raises(Absent):
        database.collect(View())


@pytest.mark.parametrize(
    ("text", "version"),
    [
        ("15.18 (Debian 15.18-0+deb12u1)", "15.18"),
        ("17.2", "17.2"),
        ("9.6.24", "9.6.24"),
        ("18beta1", "18beta1"),
        ("19devel", "19devel"),
        ("16.4 - Percona Distribution", "16.4"),
    ],
)
def test_version(text: str, version: str) -> None:
    assert section([{**SERVER, "server_version": text}]).items["server_version"] == version


def test_version_in_an_unknown_form() -> None:
    assert "server_version" in section([{**SERVER, "server_version": "CockroachDB CCL"}]).hidden


@pytest.mark.parametrize(
    ("columns", "items"),
    [
        ({"locale_provider": None}, {"locale_provider": "libc"}),
        ({"locale_provider": "c", "locale": "x"}, {"locale_provider": "libc"}),
        (
            {"locale_provider": "i", "locale": "de-AT"},
            {"locale_provider": "icu", "icu_locale": "de-AT", "icu_rules": False},
        ),
        (
            {"locale_provider": "i", "locale": "und", "rules": "&a < g"},
            {"locale_provider": "icu", "icu_locale": "und", "icu_rules": True},
        ),
        ({"locale_provider": "b", "locale": "C.UTF-8"}, {"locale_provider": "builtin", "builtin_locale": "C.UTF-8"}),
        ({"locale_provider": "x"}, {"locale_provider": "other"}),
    ],
)
def test_locale_provider(columns: dict[str, Any], items: dict[str, Any]) -> None:
    found = section([{**SERVER, **columns}]).items
    assert {key: value for key, value in found.items() if "locale" in key or "rules" in key} == items


@pytest.mark.parametrize(("pid", "pooler"), [(7, False), (8, True)])
def test_pooler_is_told_by_the_process_that_answers(pid: int, pooler: bool) -> None:
    found = section([SERVER], backend_pid=pid)
    assert found.items["pooler"] is pooler
    assert bool(found.notes) is pooler


def test_pooler_is_not_told_by_a_driver_that_does_not_know() -> None:
    assert "pooler" not in section([SERVER]).items
    assert "ssl_in_use" not in section([SERVER], ssl_in_use=None).items


@pytest.mark.parametrize(
    ("kind", "unit", "text", "value"),
    [
        ("bool", None, "on", True),
        ("bool", None, "off", False),
        ("integer", None, "100", 100),
        ("integer", "kB", "4096", "4096kB"),
        ("integer", "8kB", "16384", "131072kB"),
        ("integer", "ms", "0", "0ms"),
        ("integer", "kB", "-1", "-1"),
        ("real", None, "1.5", 1.5),
        ("enum", None, "read committed", "read committed"),
        ("string", None, "", ""),
        ("string", None, "<+03>-03", "<+03>-03"),
        ("string", None, '"$user", public', '"$user", public'),
        ("string", None, None, None),
    ],
)
def test_setting(kind: str, unit: str | None, text: str | None, value: object) -> None:
    assert database.setting(kind, unit, text) == (True, value)


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("bool", "perhaps"),
        ("integer", "many"),
        ("real", "x"),
        ("string", "a\nb"),
        ("string", "a;b"),
        ("string", "x" * 201),
    ],
)
def test_setting_in_an_unknown_form(kind: str, text: str) -> None:
    assert not database.setting(kind, None, text)[0]


def test_settings_that_nobody_asked_for_are_left() -> None:
    rows = [setting("jit", "bool", "on"), setting("archive_command", "string", "secret")]
    assert section([SERVER], rows).items.get("jit") is True
    assert "archive_command" not in section([SERVER], rows).items


@pytest.mark.parametrize(
    ("sees_all", "shown", "hidden"),
    [
        (True, [], set()),
        (False, [], {"session_preload_libraries", "shared_preload_libraries"}),
        (False, ["shared_preload_libraries"], {"session_preload_libraries"}),
    ],
)
def test_hidden_settings(sees_all: bool, shown: list[str], hidden: set[str]) -> None:
    rows = [setting("jit", "bool", "on", sees_all=sees_all)]
    rows += [setting(name, "string", "", sees_all=sees_all) for name in shown]
    answers = [[SERVER], rows, *[[]] * (len(database.STATEMENTS) - 2)]
    assert set(database.section(answers, {}).hidden) == hidden


def test_refused_statement_costs_its_own_keys() -> None:
    answers: list[Any] = [[] for _ in database.STATEMENTS]
    answers[0], answers[2] = [SERVER], "a lock"
    found = database.section(answers, {}).as_dict()
    assert found["status"] == "partial"
    assert "a lock" in found["reason"]
    assert "extensions.*" in found["hidden"]
    assert "encoding" not in found["hidden"]


def test_more_extensions_than_are_read() -> None:
    rows = [{"name": f"e{number}", "version": "1", "schema": "public"} for number in range(1001)]
    found = section([SERVER], [], rows)
    assert len([key for key in found.items if key.startswith("extensions.")]) == 1000
    assert "extensions.*" in found.hidden


def test_every_key_of_a_statement_is_declared() -> None:
    """What a refused statement hides is what an answered one gives."""
    from fnmatch import fnmatchcase

    answers = (
        [{**SERVER, "locale_provider": "i", "locale": "und", "collation_version": "1"}],
        [setting(name, "string", "") for name in database.SETTINGS],
        [{"name": "x", "version": "1", "schema": "public"}],
        [{"superuser": True, "connection_limit": 3}],
        [{"name": "x", "version": "1"}],
    )
    for number, answer in enumerate(answers):
        alone: list[Any] = ["refused"] * len(database.STATEMENTS)
        alone[number] = answer
        keys = database.STATEMENTS[number][2]
        found = database.section(alone, {"backend_pid": 1})
        assert found.items
        assert [key for key in found.items if not any(fnmatchcase(key, pattern) for pattern in keys)] == []


def test_statements_bound_their_time() -> None:
    assert "SET LOCAL statement_timeout = 1500" in database.opening(1500.7)
    assert "SET LOCAL lock_timeout = 750" in database.opening(1500.7)
    assert all(" = 0" not in statement for statement in database.opening(0))

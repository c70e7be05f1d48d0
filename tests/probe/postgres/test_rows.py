"""Rows into items, without a server: what each kind of answer becomes."""

from __future__ import annotations

from typing import Any

import pytest

from parity.probe.kit import Section
from parity.probe.postgres import access, look, migrations, rights, settings

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

RULE = {"type": "host", "method": "reject", "broken": False, "database": True, "role": True, "open": False}
RULE["address"] = True


def section(*answers: Any, **client: Any) -> Any:
    """The section of these answers; what is left out was refused."""
    refused = ["refused"] * (len(look.STATEMENTS) - len(answers))
    return look.section([*answers, *refused], client)


def setting(name: str, kind: str, value: str | None, unit: str | None = None, sees_all: bool = True) -> dict[str, Any]:
    return {"name": name, "kind": kind, "unit": unit, "value": value, "sees_all": sees_all}


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
    assert settings.typed(kind, unit, text) == (True, value)


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
    assert not settings.typed(kind, None, text)[0]


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
    answers = [[SERVER], rows, *[[]] * (len(look.STATEMENTS) - 2)]
    assert set(look.section(answers, {}).hidden) == hidden


def test_refused_statement_costs_its_own_keys() -> None:
    answers: list[Any] = [[] for _ in look.STATEMENTS]
    answers[0], answers[2] = [SERVER], "a lock"
    found = look.section(answers, {}).as_dict()
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

    path = {"role": "app", "path": "public"}
    table = {"place": "public.t", "schema": "public", "readable": False, **path}
    answers: tuple[list[dict[str, Any]], ...] = (
        [{**SERVER, "locale_provider": "i", "locale": "und", "collation_version": "1"}],
        [setting(name, "string", "") for name in settings.SETTINGS],
        [{"name": "x", "version": "1", "schema": "public"}],
        [{"superuser": True, "connection_limit": 3}],
        [{"name": "alembic_version", **table}, {"name": "django_migrations", **table}],
        [{"name": "4f1a"}],
        [{"app": "shop", "name": "0001_initial"}],
        [{"name": "1.2", "success": True}],
        [{"name": "0001_first"}],
        [{"matches": False}],
        [{"name": "public", "usable": True, "writable": False, **path}],
        [{"kind": "r", "granted": "SELECT"}],
        [{"name": "x", "version": "1"}],
        [],
        [{"network": True, "offered": False, "readable": True}],
        [RULE],
    )
    assert len(answers) == len(look.STATEMENTS)
    for number, answer in enumerate(answers):
        alone: list[Any] = ["refused"] * len(look.STATEMENTS)
        alone[number] = answer
        keys = look.STATEMENTS[number][2]
        found = look.section(alone, {"backend_pid": 1})
        assert found.items or number in (4, 13)
        assert [key for key in found.items if not any(fnmatchcase(key, pattern) for pattern in keys)] == []


def test_statements_bound_their_time() -> None:
    assert "SET LOCAL statement_timeout = 1500" in look.opening(1500.7)
    assert "SET LOCAL lock_timeout = 750" in look.opening(1500.7)
    assert all(" = 0" not in statement for statement in look.opening(0))


def through(**columns: object) -> dict[str, Any]:
    """A rule of pg_hba.conf that lets this client in, but for what is given."""
    return {**RULE, "method": "scram-sha-256", **columns}


@pytest.mark.parametrize(
    ("rules", "let_in"),
    [
        ([through()], True),
        ([through(type="hostssl")], False),
        ([RULE], False),
        ([through(role=False), RULE], False),
        ([through(address=False, open=True), through()], True),
        ([through(broken=True), RULE], False),
        ([through(role=False, open=True), through()], None),
        ([through(address=None), through()], None),
        ([through(address=None, role=False), through()], True),
        ([], False),
    ],
)
def test_first_rule_that_matches_decides(rules: list[dict[str, Any]], let_in: bool | None) -> None:
    assert access.decided(rules, ("host", "hostnossl")) is let_in


@pytest.mark.parametrize(
    ("path", "schemas"),
    [
        ('"$user", public', ["$user", "public"]),
        ("Shop,public", ["shop", "public"]),
        ('"Shop, or ""so""", x', ['Shop, or "so"', "x"]),
        ("", []),
    ],
)
def test_search_path(path: str, schemas: list[str]) -> None:
    assert rights.searched(path) == schemas


def table(name: str, schema: str, path: str = '"$user", public', readable: bool = True) -> dict[str, Any]:
    place = f"{schema}.{name}"
    return {"name": name, "schema": schema, "place": place, "readable": readable, "role": "app", "path": path}


@pytest.mark.parametrize(
    ("tables", "place"),
    [
        ([table("alembic_version", "public")], "public.alembic_version"),
        ([table("alembic_version", "public"), table("alembic_version", "app")], "app.alembic_version"),
        ([table("alembic_version", "elsewhere")], "elsewhere.alembic_version"),
        ([table("alembic_version", "one"), table("alembic_version", "two")], None),
        ([table("alembic_version", "public", readable=False)], None),
        ([table("alembic_version", "a b; DROP")], None),
        ([table("django_migrations", "public")], None),
    ],
)
def test_table_that_bare_names_mean(tables: list[dict[str, Any]], place: str | None) -> None:
    statement = migrations.asking("alembic")([[SERVER], "refused", tables])
    assert (place in statement) if place else statement is None
    hidden = Section()
    migrations.read_tables(tables, hidden, {})
    assert bool(hidden.hidden) is (place is None and tables[0]["name"] == "alembic_version")


@pytest.mark.parametrize(
    ("names", "heads"),
    [
        ({"0001_initial", "0002_price", "0001_squashed_0002_price"}, ["0002_price"]),
        ({"0003_left", "0003_right", "0001_initial"}, ["0003_left", "0003_right"]),
        ({"initial", "second"}, ["initial", "second"]),
    ],
)
def test_highest(names: set[str], heads: list[str]) -> None:
    assert migrations.highest(names) == heads


def test_flyway_orders_versions_by_number() -> None:
    rows = [{"name": name, "success": True} for name in ("1.9", "1.10", "2", None)]
    found = Section()
    migrations.reading("flyway")([*rows, {"name": "3", "success": False}], found, {})
    assert found.items == {"migrations.flyway": {"heads": ["2"], "applied": 3, "failed": 1}}


def test_migration_of_an_unknown_form_is_not_shown() -> None:
    found = Section()
    migrations.reading("alembic")([{"name": "4f1a"}, {"name": "postgresql://me:pw@db"}], found, {})
    assert found.items == {}
    assert found.hidden == ["migrations.alembic"]

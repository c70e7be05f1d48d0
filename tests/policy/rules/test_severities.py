"""The severities, section by section, with the facts that each stands on."""

from __future__ import annotations

import time
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from parity.policy.registry import registry
from tests.diff.profiles import section
from tests.policy.findings import INFO, findings, told, version
from tests.policy.rules.packages import FLASK, JINJA, WERKZEUG
from tests.policy.rules.volumes import DATA

SECTIONS = sorted(path.stem for path in Path(__file__).parent.glob("*.py") if not path.stem.startswith("test_"))
"""One file a section, each with its CASES."""

CASES: list[tuple[str, dict[str, Any], dict[str, Any], dict[str, tuple[str, str]]]] = [
    (name, *case) for name in SECTIONS for case in import_module(f"tests.policy.rules.{name}").CASES
]
each_case = pytest.mark.parametrize(
    ("name", "local", "production", "expected"),
    CASES,
    ids=[
        f"{name}-{'-'.join(f'{key}-{rule}' for key, (rule, _) in expected.items())}" for name, _, _, expected in CASES
    ],
)


@each_case
def test_severity(
    name: str, local: dict[str, Any], production: dict[str, Any], expected: dict[str, tuple[str, str]]
) -> None:
    assert told(name, section(local), section(production)) == expected


@each_case
def test_every_finding_has_a_rule_and_a_sentence(
    name: str, local: dict[str, Any], production: dict[str, Any], expected: object
) -> None:
    for one in findings(name, section(local), section(production)):
        assert one.id in registry()
        assert one.why
        assert not one.why.endswith(".")
        assert "None" not in one.why
        assert "\n" not in one.why


def test_every_rule_of_a_section_with_judgement_is_reached() -> None:
    reached = {f"{name}.{rule}" for name, _, _, expected in CASES for rule, _ in expected.values()}
    # What takes a repository, or other sections too, is told by name in tests of its own.
    texts = [path.read_text("utf-8") for path in Path(__file__).parents[1].rglob("test_*.py")]
    reached |= {one for one in registry() if any(f'"{one}"' in text for text in texts)}
    assert {one for one in registry() if not one.startswith("other.")} - reached == set()


def test_a_missing_requirement_says_who_requires_it() -> None:
    (one,) = findings("packages", section({**FLASK, **WERKZEUG, **JINJA}), section({**FLASK, **WERKZEUG}))
    assert one.why == "production does not have it, and flask requires it there"
    assert one.evidence == ("flask 3.0.1 requires Jinja2>=3.1.2",)
    assert one.local == {"version": "3.1.3"}
    assert one.production is None


def test_a_broken_requirement_is_its_own_evidence() -> None:
    local, production = (section({**FLASK, **WERKZEUG, "jinja2": version(number)}) for number in ("3.1.3", "3.0.9"))
    (one,) = findings("packages", local, production)
    assert one.why == "flask in production does not allow this version"
    assert one.evidence == ("flask 3.0.1 requires Jinja2>=3.1.2, and production has jinja2 3.0.9",)


def test_a_volume_says_who_owns_it_and_who_asks() -> None:
    process = {"process": section({"uid": 1000})}
    owned = section({"/data": {**DATA, "uid": 0, "user": "root", "writable": False}})
    (one,) = findings("volumes", section({"/data": DATA}), owned, process)
    assert (
        one.why == "the process cannot write there in production: it runs as uid 1000, and root (0) owns it, mode 0755"
    )
    assert one.fields == ("writable", "uid")


def test_a_library_says_who_needs_it() -> None:
    (one,) = findings(
        "libraries",
        section({"libGL.so.1": {"resolved": True}}),
        section({"libGL.so.1": {"resolved": False, "needed_by": ["cv2", "vtk"], "modules": 9}}),
    )
    assert one.why == "production does not find it, and cv2, vtk and 7 others need it: that does not load"
    assert one.evidence == ("needed by cv2", "needed by vtk")


def test_a_section_without_a_collector_is_info_under_an_id_of_its_own() -> None:
    found = findings("of_tomorrow", section({"a": 1, "b": 1}), section({"a": 2, "c": {"x": 1}}))
    assert [(one.id, one.key, one.severity.value) for one in found] == [
        ("other.changed", "a", INFO),
        ("other.missing", "b", INFO),
        ("other.extra", "c", INFO),
    ]
    assert found[2].production == {"x": 1}


def test_what_is_unknown_is_no_finding() -> None:
    assert findings("packages", section({"a": version("1")}), section({}, hidden=("*",))) == ()


def test_the_worst_come_first() -> None:
    found = findings(
        "packages",
        section({"a": version("1.0.0"), "m": version("1.0.0"), "z": version("1.0.0")}),
        section({"a": version("1.0.1"), "m": version("1.1.0"), "z": version("2.0.0")}),
    )
    assert [one.key for one in found] == ["z", "m", "a"]


def test_requirements_of_thousands_take_no_time_to_speak_of() -> None:
    def many(minor: int) -> dict[str, Any]:
        return {
            f"p{n}": version(f"1.{minor}.{n}", requires=[f"p{(n + k) % 5000}>=1.{minor}" for k in range(1, 4)])
            for n in range(5000)
        }

    local, production = section(many(1)), section(many(2))
    start = time.process_time()
    assert len(findings("packages", local, production)) == 5000
    assert time.process_time() - start < 3


def test_no_sentence_tells_what_the_process_can_do_where_that_is_not_known() -> None:
    (one,) = findings("volumes", section({"/data": DATA}), section({"/data": {"kind": "declared volume"}}))
    assert one.why == "mounted in another way; what the process can do is not known"


@pytest.mark.parametrize(
    ("found", "severity"),
    [("~/shop/.venv/bin", "warning"), ("~/tools/.venv/bin", "info"), ("~/.pyenv/shims", "info")],
    ids=["its-own", "of-another-environment", "shim"],
)
def test_the_systems_python_matters_where_the_environments_own_is_found_locally(found: str, severity: str) -> None:
    sides = section({"python3": found}), section({"python3": "/usr/bin"})
    others = {"python": section({"executable": "~/shop/.venv/bin/python", "kind": "venv"})}
    (one,) = findings("executables", *sides, others)
    assert (one.id, one.severity.value) == ("executables.python", severity)

"""What breaks a program by itself, and what may."""

from __future__ import annotations

from pathlib import Path

import pytest

from parity.explain.answer import answer
from parity.explain.causes.without_log import BREAKS, weigh
from parity.explain.model import Candidate
from parity.profile.model import Profile
from parity.snapshot.request import Request
from parity.targets import load
from tests.explain.cases import case, trace
from tests.targets.looking import Told

LOCAL = {
    "packages.psycopg2-binary": {"version": "2.9.9", "provides": ("psycopg2",)},
    "packages.flask": {"version": "3.0.0"},
    "environment.KEY": {"state": "set"},
    "libraries.libpq.so.5": {"resolved": True, "version": "5.15", "needed_by": ("psycopg2/_psycopg",)},
}


def declared(directory: Path, source: str) -> Profile:
    (directory / "app.py").write_text(source)
    found: Profile = load("repo").parse(str(directory), {}).profile(Request(), Told())
    return found


def weighed(directory: Path, source: str, **production: object) -> dict[str, Candidate]:
    held = {name: item for name, item in LOCAL.items() if name not in production} | production
    there = {name: item for name, item in held.items() if item is not None}
    found = case("", LOCAL, there, declared=declared(directory, source))
    return {one.label: one for one in weigh(found)}


@pytest.mark.parametrize(
    ("source", "breaks"),
    [
        ("import psycopg2\n", True),
        ("try:\n    import psycopg2\nexcept ImportError:\n    psycopg2 = None\n", False),
        ("import flask\n", False),
    ],
)
def test_an_import_that_cannot_resolve(tmp_path: Path, source: str, breaks: bool) -> None:
    found = weighed(tmp_path, source, **{"packages.psycopg2-binary": None})
    one = found.get("packages.psycopg2-binary")
    assert (one is not None and one.likelihood == BREAKS) is breaks
    if breaks:
        assert one is not None
        assert ("source", "app.py:1") in {(each.source, each.at) for each in one.evidence}
        assert one.refuted_by == 'python -c "import psycopg2" works in production'


def test_another_distribution_provides_it(tmp_path: Path) -> None:
    other = {"packages.psycopg2": {"version": "2.9.9", "provides": ("psycopg2",)}}
    found = weighed(tmp_path, "import psycopg2\n", **{"packages.psycopg2-binary": None, **other})
    assert all(one.likelihood < BREAKS for one in found.values())


@pytest.mark.parametrize(
    ("source", "breaks"),
    [
        ("import os\nos.environ['KEY']\n", True),
        ("import os\nos.environ.get('KEY')\n", False),
        ("import os\nos.environ.get('KEY', 'x')\n", False),
    ],
)
def test_a_variable_that_it_does_not_go_on_without(tmp_path: Path, source: str, breaks: bool) -> None:
    one = weighed(tmp_path, source, **{"environment.KEY": None}).get("environment.KEY")
    assert (one is not None and one.likelihood == BREAKS) is breaks


@pytest.mark.parametrize(("source", "breaks"), [("import psycopg2\n", True), ("import flask\n", False)])
def test_a_library_that_an_imported_module_needs(tmp_path: Path, source: str, breaks: bool) -> None:
    gone = {"resolved": False, "needed_by": ("psycopg2/_psycopg",)}
    one = weighed(tmp_path, source, **{"libraries.libpq.so.5": gone}).get("libraries.libpq.so.5")
    assert (one is not None and one.likelihood == BREAKS) is breaks


def test_a_log_tells_more(tmp_path: Path) -> None:
    assert not list(weigh(case(trace("KeyError: 'KEY'", "app.py:1 f"), LOCAL, {})))


def test_nothing_differs(tmp_path: Path) -> None:
    found = answer(case("", LOCAL, LOCAL, declared=declared(tmp_path, "import psycopg2\n")))
    assert (found.verdict, found.causes) == ("undetermined", ())
    assert found.reasons == ("no failure was read, and no difference is known to break the program",)

"""What a repository leaves open about packages, and what both sides have otherwise than its lock."""

from __future__ import annotations

from parity.policy import Severity
from tests.diff.profiles import SKIPPED, profile, section, unavailable
from tests.policy.findings import version
from tests.policy.repository import asked, found, imported, judged, locked, repository, side

OPEN = [asked(f"package-{number}", f"requirements.txt:{number}", specifier=">=1") for number in range(1, 13)]
NOW = {f"package-{number}": version("1.0.0") for number in range(1, 13)}


def test_a_file_that_pins_nothing_is_one_finding() -> None:
    (one,) = judged(side(packages=NOW), side(packages=NOW), repository(*OPEN, imported("flask", "a.py:1")))
    assert (one.id, one.key, one.severity, one.kind) == ("packages.unpinned", "requirements.txt", Severity.INFO, None)
    assert one.why == "it asks for 12 packages in no single version: each installation may get another"
    assert one.evidence[0] == "package-1 >=1 at requirements.txt:1"
    assert one.evidence[-1] == "and 4 more"
    assert (one.local, one.production, one.departs) == (None, None, None)


def test_what_is_open_and_not_the_same_makes_it_a_warning() -> None:
    production = side(packages={**NOW, "package-7": version("2.0.0")})
    one = found(side(packages=NOW), production, repository(*OPEN))["packages.unpinned", "requirements.txt"]
    assert one.severity is Severity.WARNING
    assert one.why.endswith(", and 1 of them is not the same on both sides")
    assert one.evidence[0] == "package-7 >=1 at requirements.txt:7"


def test_a_lock_pins_and_tools_may_float() -> None:
    lock = [locked(one.name, f"uv.lock:{one.at.line}", "1.0.0") for one in OPEN]
    tools = asked("pytest", "pyproject.toml:30", group="dev")
    assert judged(side(packages=NOW), side(packages=NOW), repository(*OPEN, *lock, tools)) == ()


LOCK = (asked("jinja2", "pyproject.toml:9"), locked("jinja2", "uv.lock:40", "3.1.4"))


def test_what_both_sides_have_otherwise_than_the_lock() -> None:
    old = side(packages={"jinja2": version("3.0.1")})
    (one,) = judged(old, old, repository(*LOCK))
    assert (one.id, one.key, one.severity) == ("packages.not-locked", "jinja2", Severity.WARNING)
    assert (one.local, one.production, one.departs) == ({"version": "3.0.1"}, {"version": "3.0.1"}, "both")
    assert one.evidence == ("3.1.4 is declared at uv.lock:40", "declared at pyproject.toml:9")
    near = side(packages={"jinja2": version("3.1.3")})
    (patch,) = judged(near, near, repository(*LOCK))
    assert patch.severity is Severity.INFO


def test_what_differs_is_told_once() -> None:
    local, production = (side(packages={"jinja2": version(number)}) for number in ("3.1.4", "2.0"))
    (one,) = judged(local, production, repository(*LOCK))
    assert (one.id, one.departs) == ("packages.major", "production")


def test_what_was_not_looked_at_says_nothing() -> None:
    sides = side(packages={"jinja2": version("3.0.1")})
    assert judged(sides, profile({"packages": unavailable()}), repository(*LOCK)) == ()
    assert judged(profile({"packages": SKIPPED}), sides, repository(*LOCK)) == ()
    hidden = profile({"packages": section({}, hidden=("*",))})
    assert judged(hidden, hidden, repository(*LOCK)) == ()

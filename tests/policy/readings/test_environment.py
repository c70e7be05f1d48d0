"""Variables that source and files disagree about, whatever the sides have."""

from __future__ import annotations

import pytest

from parity.policy import Severity
from tests.diff.profiles import profile, section
from tests.policy.repository import asked, found, imported, judged, promised, read, repository, side

SET = {"state": "set"}
KEY = read("SECRET_KEY", "settings.py:40", required=True)
APP = side(environment={"PORT": SET})
UNDECLARED, UNSET, UNREAD, NEAR = (
    "environment.undeclared",
    "environment.unset",
    "environment.unread",
    "environment.near-miss",
)


def test_a_name_that_is_required_declared_nowhere_and_set_nowhere() -> None:
    one = found(APP, APP, repository(KEY))[UNDECLARED, "SECRET_KEY"]
    assert (one.severity, one.departs, one.kind) == (Severity.ERROR, "undeclared", None)
    assert one.evidence == ("read without a default at settings.py:40",)


def test_a_name_that_is_required_declared_and_set_nowhere() -> None:
    one = found(APP, APP, repository(KEY, promised("SECRET_KEY", ".env.example:1")))[UNSET, "SECRET_KEY"]
    assert (one.severity, one.departs) == (Severity.ERROR, "both")


def test_a_file_that_the_program_loads_may_set_it() -> None:
    loads = imported("dotenv", "settings.py:2"), asked("python-dotenv", "pyproject.toml:9")
    one = found(APP, APP, repository(KEY, *loads))[UNDECLARED, "SECRET_KEY"]
    assert one.severity is Severity.WARNING
    assert one.why.endswith("unless python-dotenv finds it in a file that --env-file did not name")


def test_a_name_that_production_may_have_is_not_missing_there() -> None:
    hidden = profile({"environment": section({"PORT": SET}, hidden=("SECRET*",))})
    for sides in ((APP, hidden), (hidden, APP), (hidden, hidden)):
        assert judged(*sides, repository(KEY, read("PORT", "settings.py:2", default=True))) == ()


def test_a_name_without_which_the_program_goes_on_is_info_at_most() -> None:
    declared = repository(read("SENTRY_DSN", "settings.py:50"), read("LOG_LEVEL", "settings.py:60", default=True))
    assert {one.key: one.severity for one in judged(APP, APP, declared)} == {"SENTRY_DSN": Severity.INFO}


def test_a_declared_name_that_nothing_reads() -> None:
    names = [promised(name, f".env.example:{line}") for line, name in enumerate(["SMTP_HOST", "PATH", "TZ", "CI"], 1)]
    sides = side(environment={"SMTP_HOST": SET}), side(environment={"SMTP_HOST": SET})
    result = found(*sides, repository(KEY, *names))
    assert [key for rule, key in result if rule == UNREAD] == ["SMTP_HOST"]
    one = result[UNREAD, "SMTP_HOST"]
    assert (one.severity, one.local, one.production) == (Severity.INFO, {"state": "set"}, {"state": "set"})


def test_a_declared_name_that_is_nearly_one_that_is_read() -> None:
    declared = repository(KEY, promised("SECRECT_KEY", ".env.example:1"))
    assert found(APP, APP, declared)[UNREAD, "SECRECT_KEY"].why == "it is declared, and the source reads SECRET_KEY"


def test_production_sets_a_name_that_is_nearly_the_one_that_is_read() -> None:
    local, production = side(environment={"SECRET_KEY": SET}), side(environment={"SECRECT_KEY": SET})
    result = found(local, production, repository(KEY))
    one = result[NEAR, "SECRET_KEY"]
    assert (one.severity, one.departs) == (Severity.ERROR, "undeclared")
    assert one.why == "production sets SECRECT_KEY, and the source reads SECRET_KEY"
    assert ("environment.missing", "SECRET_KEY") not in result
    # The same where the laptop has it from a file that nobody named.
    assert found(APP, production, repository(KEY))[NEAR, "SECRET_KEY"].severity is Severity.ERROR


@pytest.mark.parametrize(
    ("local", "production"),
    [
        # Set on both sides, or read itself: it is another variable.
        ({"SECRECT_KEY": SET, "SECRET_KEY": SET}, {"SECRECT_KEY": SET}),
        ({"SECRET_KEY": SET}, {"SECRET_KEYS": SET}),
        ({"SECRET_KEY": SET}, {"SECRECT_KEY": {"state": "empty"}}),
    ],
)
def test_a_name_of_its_own_is_no_slip(local: dict[str, object], production: dict[str, object]) -> None:
    declared = repository(KEY, read("SECRET_KEYS", "settings.py:41", default=True))
    result = found(side(environment=local), side(environment=production), declared)
    assert (NEAR, "SECRET_KEY") not in result
    assert ("environment.missing", "SECRET_KEY") in result

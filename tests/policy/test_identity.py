"""A profile of another time, or of another deploy."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta, timezone

import pytest

from parity.policy.identity import another, span, stale, told
from tests.diff.profiles import profile

PROFILE = profile({})
TAKEN = datetime(2026, 3, 1, 12, tzinfo=timezone.utc)
COMMIT = "1f4c9d2e8a7b6c5d4e3f2a1b0c9d8e7f6a5b4c3d"
IMAGE = "sha256:" + "ab" * 32


@pytest.mark.parametrize(
    ("after", "says"),
    [
        (timedelta(0), None),
        (timedelta(hours=24), None),
        (timedelta(hours=24, seconds=1), "the profile of production is 1d 1s old, more than --max-age 1d"),
        (timedelta(days=365), "the profile of production is 365d old, more than --max-age 1d"),
        (timedelta(minutes=-5), None),
        (
            timedelta(days=-365),
            "the profile of production was taken 365d from now: how old it is cannot be told",
        ),
    ],
)
def test_how_old_a_profile_may_be(after: timedelta, says: str | None) -> None:
    found = list(stale({"production": PROFILE}, timedelta(hours=24), TAKEN + after))
    assert found == ([] if says is None else [says])


def test_each_side_is_told() -> None:
    found = list(stale({"local": PROFILE, "production": PROFILE}, timedelta(hours=1), TAKEN + timedelta(hours=2)))
    assert [one.split()[3] for one in found] == ["local", "production"]


@pytest.mark.parametrize(
    ("name", "value", "same"),
    [
        ("commit", COMMIT, True),
        ("commit", COMMIT[:7], True),
        ("commit", COMMIT[:6], False),
        ("commit", COMMIT[1:], False),
        ("commit", "0" * 40, False),
        ("image", IMAGE, True),
        ("image", IMAGE[:19], True),
        ("image", IMAGE.partition(":")[2], True),
        ("image", "sha256:", False),
        ("image", "sha512:" + "ab" * 32, False),
        ("deploy", "v1", False),
    ],
)
def test_of_which_deploy_a_profile_must_be(name: str, value: str, same: bool) -> None:
    found = list(another(replace(PROFILE, identity={"commit": COMMIT, "image": IMAGE}), {name: value}))
    assert bool(found) is not same
    if not same:
        assert value in found[0]


def test_a_profile_that_does_not_tell_is_of_no_deploy() -> None:
    assert list(another(PROFILE, {"commit": COMMIT})) == [
        f"production's profile does not tell its commit (it tells nothing), and {COMMIT} is required"
    ]


@pytest.mark.parametrize(("words", "hours"), [("24h", 24), ("90m", 1.5), ("7d", 168), ("3600s", 1), ("2w", 336)])
def test_a_time(words: str, hours: float) -> None:
    found = span(words)
    assert found == timedelta(hours=hours)
    assert span(told(found).replace(" ", "")) in (found, None)


@pytest.mark.parametrize("words", ["", "24", "h", "-1h", "1.5h", "0h", "1 h", "24H", "1h30m", "٣h", "9999999h", "1y"])
def test_no_time(words: str) -> None:
    assert span(words) is None

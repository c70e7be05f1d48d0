"""How far a failure reaches."""

from __future__ import annotations

from dataclasses import replace

from parity.explain.log import read
from parity.explain.model import Log
from parity.explain.reach import Reach, reach
from parity.profile.model import Profile, Source
from tests.diff.profiles import section

SIDE = Profile(
    "web",
    "2026-03-01T12:00:00Z",
    Source("docker", "web"),
    {"container": section({"created": "2026-03-01T09:00:00Z"})},
    {"commit": "1f4c9d2e8a7b6c5d4e3f2a1b0c9d8e7f6a5b4c3d"},
)


def told(log: str, side: Profile = SIDE) -> Reach:
    found: Log = read(log.encode().splitlines(keepends=True))
    return reach(found.failures[0], found, side)


def boom(time: str) -> str:
    lines = ("Traceback (most recent call last):", '  File "a.py", line 1, in f', "KeyError: 'A'")
    return "".join(f"{time} {line}\n" for line in lines)


def test_times_stand_against_the_image_and_the_profile() -> None:
    one = told(boom("2026-03-01T09:30:00Z") + "x\n" + boom("2026-03-01T11:30:00Z"))
    assert one.count == 2
    assert "from 2026-03-01 09:30 UTC to 2026-03-01 11:30 UTC" in one.words[0]
    assert (
        "it began 30 minutes after production's image was built (2026-03-01 09:00 UTC) (commit 1f4c9d2e8a7b)"
        in one.words
    )
    late = told(boom("2026-02-20T09:30:00Z"))
    assert (
        "it began before production's image was built (2026-03-01 09:00 UTC): an earlier one failed, too" in late.words
    )
    assert "production's profile was taken 9 days after it was last seen, maybe of a later release" in late.words


def test_without_times_and_answers_it_says_what_it_knows() -> None:
    one = told("Traceback (most recent call last):\nKeyError: 'A'\n", replace(SIDE, sections={}, identity={}))
    assert one.words == ("it stands once in the log, on line 1",)
    assert (one.share, one.image_created, one.commit) == (None, None, None)


def test_the_share_of_answers() -> None:
    lines = [f'- "GET /{n} HTTP/1.1" {status} 2\n' for n, status in enumerate([200] * 60 + [500] * 3)]
    one = told("".join(lines) + "Traceback (most recent call last):\nKeyError: 'A'\n")
    assert (one.failed, one.answered) == (3, 63)
    assert "3 of 63 answers in the log are 5xx (4.8 %)" in one.words

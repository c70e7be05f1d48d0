"""Whether a profile is of the time and of the deploy that somebody asks about. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta, timezone

from parity.profile.model import Profile

_AHEAD = timedelta(minutes=5)
"""How far two clocks may be apart."""
_SHORTEST = 7
"""Digits from which a part of a commit or a digest stands for it, as git prints it."""
_SPAN = re.compile(r"([0-9]{1,6})([smhdw])", re.ASCII)
_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400, "w": 604800}
_HEX = re.compile(r"(?:[a-z0-9]+:)?[0-9a-f]+")


def stale(profiles: Mapping[str, Profile], most: timedelta, now: datetime) -> Iterator[str]:
    """A sentence for each {side: profile} that was taken longer ago than `most`, or later than now."""
    for side, profile in profiles.items():
        age = now - datetime.strptime(profile.captured_at, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=timezone.utc)
        if age > most:
            yield f"the profile of {side} is {told(age)} old, more than --max-age {told(most)}"
        elif age < -_AHEAD:
            yield f"the profile of {side} was taken {told(-age)} from now: how old it is cannot be told"


def another(profile: Profile, wanted: Mapping[str, str]) -> Iterator[str]:
    """A sentence for each {name: value} of `wanted` that is not production's."""
    for name, value in wanted.items():
        there = profile.identity.get(name)
        if there is None:
            known = ", ".join(sorted(profile.identity)) or "nothing"
            yield f"production's profile does not tell its {name} (it tells {known}), and {value} is required"
        elif not _same(value, there):
            yield f"production's profile is of another deploy: its {name} is {there}, and {value} is required"


def span(words: str) -> timedelta | None:
    """A time such as 90m, 24h, 7d; None where it is none."""
    found = _SPAN.fullmatch(words)
    return timedelta(seconds=int(found[1]) * _SECONDS[found[2]]) if found and int(found[1]) else None


def told(span: timedelta) -> str:
    """A time in its two largest units: 3d 4h."""
    rest, words = int(span.total_seconds()), []
    for unit, seconds in (("d", 86400), ("h", 3600), ("m", 60), ("s", 1)):
        if rest >= seconds:
            words.append(f"{rest // seconds}{unit}")
            rest %= seconds
    return " ".join(words[:2]) or "0s"


def _same(value: str, there: str) -> bool:
    if value == there:
        return True
    digits = value.rpartition(":")[2]
    # A digest without its algorithm, and the beginning of one, are how people write them.
    return (
        len(digits) >= _SHORTEST
        and bool(_HEX.fullmatch(value))
        and (there.startswith(value) or there.rpartition(":")[2].startswith(value))
    )

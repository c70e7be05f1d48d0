"""How far a failure reaches, as the log shows it: how often, which routes, what share of answers, since when, and how
that lies to when production's image was built and its profile was taken."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from parity.explain.model import Failure, Log, Moment
from parity.profile.model import Profile


@dataclass(frozen=True, slots=True)
class Reach:
    """What the log tells of one failure's extent. Times are RFC 3339 in UTC, None where nothing tells."""

    count: int
    """How often it stands in the log."""
    first: Moment
    last: Moment
    routes: tuple[str, ...]
    failed: int
    """Answers of 5xx in the whole log, whatever they failed of."""
    answered: int
    """All answers that its access lines tell of; 0 where it has none."""
    image_created: str | None
    commit: str | None
    captured_at: str
    words: tuple[str, ...]
    """The same in sentences without their full stops."""

    @property
    def share(self) -> float | None:
        """0 to 1: of the answers, those of 5xx; None where the log has no access lines."""
        return self.failed / self.answered if self.answered else None


def reach(failure: Failure, log: Log, production: Profile) -> Reach:
    """The extent of one failure of a log."""
    answered = sum(log.responses.values())
    failed = log.responses.get("5xx", 0)
    section = production.sections.get("container")
    created = section.items.get("created") if section is not None else None
    built = created if isinstance(created, str) else None
    commit = production.identity.get("commit") or _commit(production)
    words = (
        _often(failure),
        *_routes(failure),
        *_share(failed, answered),
        *_since(failure, log, built, commit, production.captured_at),
    )
    return Reach(
        failure.count,
        failure.first,
        failure.last,
        failure.requests,
        failed,
        answered,
        built,
        commit,
        production.captured_at,
        words,
    )


def _commit(production: Profile) -> str | None:
    section = production.sections.get("source")
    said = section.items.get("commit") if section is not None else None
    return said if isinstance(said, str) else None


def _often(failure: Failure) -> str:
    if failure.count == 1:
        when = f", {_told(failure.first.time)}" if failure.first.time else ""
        return f"it stands once in the log, on line {failure.first.line}{when}"
    lines = f"it stands {failure.count:,} times in the log, on lines {failure.first.line:,} to {failure.last.line:,}"
    if failure.first.time and failure.last.time:
        return f"{lines}, from {_told(failure.first.time)} to {_told(failure.last.time)}"
    return lines


def _routes(failure: Failure) -> Iterator[str]:
    if failure.requests:
        shown = ", ".join(failure.requests[:3])
        more = len(failure.requests) - 3
        yield f"requests that ended with it: {shown}" + (f" and {more} more routes" if more > 0 else "")


def _share(failed: int, answered: int) -> Iterator[str]:
    if answered:
        share = 100 * failed / answered
        shown = f"{share:.1f}" if share < 10 else f"{share:.0f}"
        yield f"{failed:,} of {answered:,} answers in the log are 5xx ({shown} %)"


def _since(failure: Failure, log: Log, built: str | None, commit: str | None, captured: str) -> Iterator[str]:
    first, image = _moment(failure.first.time), _moment(built)
    named = f" (commit {commit[:12]})" if commit else ""
    if first and image:
        if first < image:
            yield f"it began before production's image was built ({_told(built)}): an earlier one failed, too"
        else:
            yield f"it began {_span(first - image)} after production's image was built ({_told(built)}){named}"
    elif built:
        yield f"production's image was built {_told(built)}{named}"
    begun = _moment(log.first_time)
    if first and begun and first - begun > timedelta(minutes=1):
        yield f"before it the log has {_span(first - begun)} without it"
    last, taken = _moment(failure.last.time), _moment(captured)
    if last and taken and taken - last > timedelta(days=1):
        yield f"production's profile was taken {_span(taken - last)} after it was last seen, maybe of a later release"


def _moment(text: str | None) -> datetime | None:
    if text is None:
        return None
    try:
        return datetime.fromisoformat(text.replace("Z", "+00:00"))
    except ValueError:
        return None


def _told(text: str | None) -> str:
    return f"{(text or '')[:16].replace('T', ' ')} UTC"


_UNITS: Mapping[str, int] = {"day": 86_400, "hour": 3_600, "minute": 60, "second": 1}


def _span(length: timedelta) -> str:
    """The largest unit that fits at least twice, else the smallest that fits: "26 hours", "3 days"."""
    seconds = int(length.total_seconds())
    for unit, size in _UNITS.items():
        if seconds >= 2 * size or size == 1:
            count = seconds // size
            return f"{count} {unit}" + ("" if count == 1 else "s")
    return "0 seconds"

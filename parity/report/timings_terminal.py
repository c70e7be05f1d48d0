"""Where the time of one snapshot went, for a person: the slowest section first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from parity.text import safe

PROBE = ""
"""Stands in the timings for all that the probe did, sections that were read side by side counted once."""


def render(timings: Mapping[str, float], total: float) -> str:
    """A table, one line a section; `total` is in seconds, as the timings are."""
    sections = {name: seconds for name, seconds in timings.items() if name != PROBE}
    rows = sorted(sections.items(), key=lambda one: (-one[1], one[0]))
    rows += _rest(timings, total)
    width = max(len(safe(name)) for name, _ in rows)
    return "".join(f"{safe(name):{width}}  {seconds:8.3f} s\n" for name, seconds in rows)


def _rest(timings: Mapping[str, float], total: float) -> Iterator[tuple[str, float]]:
    probe = timings.get(PROBE)
    if probe is not None:
        yield "the probe, in all", probe
        yield "its start, the transport and this machine's part", max(0.0, total - probe)
    yield "total", total

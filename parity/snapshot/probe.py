"""How the probe's answer is read: as hostile input, whatever the exit status said."""

from __future__ import annotations

from collections.abc import Mapping

from parity.child import Result, Watch
from parity.errors import Incomplete, InvalidProfile, Unreachable
from parity.snapshot.request import Progress, Request
from parity.snapshot.target import Reading
from parity.text import safe

_NOTE = 300
"""Characters of a note from a target."""

_SLACK = 2.0
"""Seconds beyond the probe's own deadline before its transport is cut: it answers by itself sooner."""


def watcher(token: str, place: str, progress: Progress) -> Watch:
    """Reads from the output which section the probe is at, and tells each."""
    mark = f"\n@{token} ".encode()
    seen = 0

    def watch(out: bytearray) -> None:
        nonlocal seen
        while (start := out.find(mark, seen)) >= 0 and (end := out.find(b"\n", start + len(mark))) >= 0:
            seen = end
            progress(f"{place}: {out[start + len(mark) : end].decode('ascii', 'replace')}")

    return watch


def cutoff(request: Request) -> float:
    """Seconds after which the transport is cut."""
    return request.timeout + _SLACK


def read_answer(result: Result, token: str, place: str) -> Reading:
    """The reading in a finished probe's output. `place` is a safe name of where it ran.

    Raises Incomplete when there is no whole frame: cut off, killed, or something else answered; Unreachable
    when the process that was asked for is not there.
    """
    from parity.profile.document import sections_from
    from parity.profile.load import parse

    payload = _frame(result.out, token)
    if payload is None:
        raise Incomplete(f"the answer from {place} is incomplete: {_reason(result)}", hint=_hint(result))
    try:
        data = parse(payload)
    except InvalidProfile as error:
        raise Incomplete(f"the answer from {place} cannot be read: {error}") from error
    if isinstance(data, dict) and isinstance(data.get("problem"), str):
        hint = data.get("hint")
        raise Unreachable(f"{place}: {safe(data['problem'])}", hint=safe(hint) if isinstance(hint, str) else None)
    if not isinstance(data, dict) or not isinstance(data.get("sections"), dict):
        raise Incomplete(f"the answer from {place} is not an answer of the probe")
    serving = data["serving"] if isinstance(data.get("serving"), dict) else {}
    reading = Reading(
        sections_from(data["sections"]), timings=_timings(data.get("timings"), data.get("elapsed")), serving=serving
    )
    note = serving.get("note")
    return reading.with_note("python", safe(note)[:_NOTE]) if isinstance(note, str) else reading


def _frame(out: bytes, token: str) -> bytes | None:
    mark = token.encode()
    start = out.find(b"\n" + mark + b" ")
    if start < 0:
        return None
    line_end = out.find(b"\n", start + 1)
    count = out[start + 2 + len(mark) : line_end]
    if line_end < 0 or not count.isdigit() or len(count) > len(str(1 << 40)):
        return None
    end = line_end + 1 + int(count)
    if out[end : end + 1 + len(mark)] != b"\n" + mark:
        return None
    return out[line_end + 1 : end]


def _reason(result: Result) -> str:
    if result.cut == "timeout":
        return "no answer within the deadline"
    if result.cut == "output":
        return "it printed more than parity reads"
    lines = [line.strip() for line in result.err.decode("utf-8", "replace").splitlines() if line.strip()]
    last = safe(lines[-1])[:160] if lines else "no message"
    if result.code < 0 or result.code > 128:
        return f"killed by signal {-result.code if result.code < 0 else result.code - 128} ({last})"
    return f"exit status {result.code} ({last})"


def _hint(result: Result) -> str | None:
    from parity.bundle import UNSUPPORTED_PYTHON

    if result.cut == "timeout":
        return "--timeout S allows more; --skip NAME leaves a slow section out"
    # Python 2 does not know -I, and never comes to the script.
    if result.code == UNSUPPORTED_PYTHON or (result.code == 2 and b"python -h" in result.err):
        return "the probe needs Python 3.8 or later there"
    return None


def _timings(data: object, elapsed: object) -> Mapping[str, float]:
    if not isinstance(data, dict):
        return {}
    told = {str(name): float(seconds) for name, seconds in data.items() if isinstance(seconds, (int, float))}
    return told if not isinstance(elapsed, (int, float)) else {**told, "": float(elapsed)}

"""One look at a server in parts, within a deadline: what one part is refused costs that part's keys alone."""

from __future__ import annotations

import signal
import time
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Any, NamedTuple, NoReturn

from parity.database.readers import without
from parity.probe.kit import Section, envelope
from parity.probe.postgres.faults import TIMEOUT


class Part(NamedTuple):
    """A part of the section."""

    keys: tuple[str, ...]
    """Patterns over what it gives: hidden where it could not be asked."""
    fill: Callable[[Any, Any], None]
    """(connection, section) -> the section filled. Raises what the driver raises. The first gives `server_version`."""


class Lost(Exception):
    """Nothing more can be asked. `str()` of it is the reason, in our words."""


class _TimeUp(BaseException):
    """The alarm rang. No Exception, so that no driver takes it for a fault of its own."""


def look(
    connect: Callable[[float], Any], parts: Sequence[Part], reason: Callable[[BaseException], str], seconds: float
) -> dict[str, Any]:
    """The section's envelope (parity.probe.kit), within `seconds`: whole, partial or unavailable.

    connect  seconds -> a connection, with `close()` and `lost()`
    reason   an error of the driver's -> its class, in parity's own words
    """
    section, done, problem = Section(), 0, None
    signal.signal(signal.SIGALRM, _ring)
    signal.setitimer(signal.ITIMER_REAL, max(0.01, seconds))
    until = time.monotonic() + seconds
    try:
        connection = connect(max(0.1, until - time.monotonic()))
        try:
            for part in parts:
                _fill(part, connection, section, reason, first=not done)
                done += 1
        finally:
            connection.close()
    except _TimeUp:
        problem = TIMEOUT
    except Lost as error:
        problem = str(error)
    except Exception as error:
        problem = reason(error)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
    for part in parts[done:] if problem else ():
        for key in part.keys:
            section.hide(key, problem)
    if "server_version" in section.items:
        told: dict[str, Any] = section.as_dict()
        return told
    why = problem or TIMEOUT
    empty: dict[str, Any] = envelope("unavailable", f"{why}{_OR}" if why == TIMEOUT else why)
    return empty


_OR = ", or it speaks another protocol, or no TLS"
"""What a server that says nothing at all may mean."""


def look_with(
    driver: str,
    connect: Callable[[Any, float], Any],
    parts: Sequence[Part],
    reason: Callable[[BaseException], str],
    seconds: float,
) -> dict[str, Any]:
    """`look` with the module `driver`, `connect` being given it too: unavailable where that is not installed."""
    try:
        module = import_module(driver)
    except ImportError:
        told: dict[str, Any] = envelope("unavailable", without(driver.partition(".")[0]))
        return told
    return look(lambda patience: connect(module, patience), parts, reason, seconds)


def _fill(part: Part, connection: Any, section: Any, reason: Callable[[BaseException], str], first: bool) -> None:
    """A server that does not say what it is is asked nothing more."""
    try:
        part.fill(connection, section)
    except Exception as error:
        words = reason(error)
        if first or connection.lost():
            raise Lost(words) from None
        for key in part.keys:
            section.hide(key, words)


def _ring(number: int, frame: object) -> NoReturn:
    raise _TimeUp

"""Runs the collectors, each within its share of the time.

One that raises, hangs or dies costs its own section only: collectors run in a child that is killed, or
abandoned where the kernel will not let it die (a hung NFS mount), and replaced.

Floor: Python 3.8, standard library only.
"""

import gc
import json
import os
import signal
import time

from parity.probe import children
from parity.probe.kit import Absent, Section, Skipped, Unavailable, envelope, visible, well_formed, why

RESERVE = 0.5
"""Seconds kept back from the deadline for writing the answer."""

APART = frozenset(["executables", "libraries", "source", "system_packages"])
"""Sections that are read in a child of their own, side by side with the others: together they cost about half of
what all do."""


class GivenUp(BaseException):
    """The time of a collector that runs without a child is over; no `except Exception` of it may stop that."""


def supervise(view, chosen, share, announce, sections):
    """Fill `sections` with {section: its envelope as JSON}, every chosen one, and return {section: seconds}.

    `share`: seconds that one section may take. `announce(name)` is called before each.
    """
    timings = {}
    apart = [name for name in chosen if name in APART]
    lanes = [lane for lane in ([name for name in chosen if name not in APART], apart) if lane]
    # Both lanes are under way before the first is waited for.
    started = [_start(view, lane) for lane in lanes]
    for lane, child in zip(lanes, started):
        waiting = lane
        while waiting:
            for name, seconds, answer in _answers(view, waiting, share, announce, child):
                sections[name] = answer
                timings[name] = round(seconds, 4)
            waiting = [name for name in waiting if name not in sections]
            child = _start(view, waiting) if waiting else None
    return timings


def _start(view, names):
    """(pid, descriptor to read from) of a child that runs these collectors, or None where none may be started."""

    def work(send):
        # What is made here lives until the end: looking for cycles among it is time lost.
        gc.disable()
        for name in names:
            send(*run_one(name, view))

    try:
        return children.start(work, view.deadline - time.monotonic() + 2 * RESERVE)
    except OSError:
        return None


def _answers(view, names, share, announce, child):
    """Yield (section, seconds, JSON) from a child, until it is done or had to be given up."""
    if child is None:
        # No further process allowed (a pids limit): the same work here, with an alarm for a net.
        for name in names:
            announce(name)
            yield (name, *_run_here(name, view, share))
        return
    pid, reader = child
    try:
        for name in names:
            announce(name)
            began = time.monotonic()
            answer, problem = children.receive(reader, max(0.0, min(share, view.deadline - began)))
            if answer is None:
                yield name, time.monotonic() - began, _dump(envelope("unavailable", _failed(problem)))
                return
            yield (name, *answer)
    finally:
        os.close(reader)
        children.end(pid)


def _failed(problem):
    return problem if problem == children.TIMEOUT else "the collector failed: " + problem


def _run_here(name, view, share):
    began = time.monotonic()
    before = signal.signal(signal.SIGALRM, _give_up)
    whole = signal.setitimer(signal.ITIMER_REAL, max(0.01, min(share, view.deadline - began)))[0]
    try:
        return run_one(name, view)
    except GivenUp:
        return time.monotonic() - began, _dump(envelope("unavailable", children.TIMEOUT))
    finally:
        signal.signal(signal.SIGALRM, before)
        signal.setitimer(signal.ITIMER_REAL, max(0.01, whole - (time.monotonic() - began)))


def _give_up(number, frame):
    raise GivenUp


def run_one(name, view):
    """(seconds, envelope as JSON) of one collector, whatever it raises."""
    began = time.monotonic()
    try:
        module = __import__("parity.probe.collectors." + name, fromlist=["collect"])
        section = module.collect(view)
        if isinstance(section, Section) and well_formed(section.items) and well_formed(section.volatile):
            answer = section.as_dict()
        else:
            answer = envelope("unavailable", "the collector failed: its answer has a wrong shape")
        dumped = _dump(answer)
    except Absent as reason:
        dumped = _dump(envelope("absent", str(reason)))
    except Unavailable as reason:
        dumped = _dump(envelope("unavailable", str(reason)))
    except Skipped as reason:
        dumped = _dump(envelope("skipped", str(reason)))
    except OSError as error:
        dumped = _dump(envelope("unavailable", why(error)))
    except Exception as error:
        dumped = _dump(envelope("unavailable", "the collector failed: " + place(error)))
    return time.monotonic() - began, dumped


def _dump(answer):
    """ASCII JSON of an envelope, without a character that a profile may not hold."""
    dumped = json.dumps(answer, sort_keys=True, allow_nan=False)
    shown = visible(answer, dumped)
    return (dumped if shown is answer else json.dumps(shown, sort_keys=True)).encode("ascii")


def place(error):
    """Type and place of an unforeseen exception: never its text, which may quote what it choked on."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    where = "%s:%d" % (os.path.basename(trace.tb_frame.f_code.co_filename), trace.tb_lineno) if trace else "?"
    return "%s at %s" % (type(error).__name__, where)

"""Many targets at once: the time it takes is the slowest one's, and one that hangs costs its own deadline only.

A look waits far more than it works, so the next one starts as soon as an earlier one has been at it for a while: what
is bounded is how many are in their first moments, and with a wider bound how many there are at all.
"""

from __future__ import annotations

import re
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import TypeVar

from parity.errors import UsageError
from parity.profile import Profile
from parity.snapshot.request import Progress, Request
from parity.snapshot.target import Target
from parity.targets import open_target

T = TypeVar("T")

AT_ONCE = 16
"""Looks in their first moments."""
MOST = 64
"""Looks at all."""
MOMENTS = 0.5
"""Seconds after which a look is waiting more than it works."""

_NAME = 100
"""Characters of a file's name, its ending left out."""
_STRANGE = re.compile(r"[^A-Za-z0-9._-]+")
_EXTENSIONS = (".json", ".gz", ".tgz", ".zst", ".zstd", ".tar")


@dataclass(frozen=True, slots=True)
class Named:
    """A target that was opened, and the name of its own that its file gets."""

    name: str
    target: Target
    request: Request


def open_many(words: Sequence[str], request: Request) -> list[Named]:
    """Every target, checked before any is read. Raises TargetError, UsageError."""
    if request.name is not None and len(words) > 1:
        raise UsageError("--name names one profile", hint="?name=NAME names each: docker://web?name=web")
    opened = [open_target(word, request) for word in words]
    if sum(target.reference == "-" for target, _ in opened) > 1:
        raise UsageError("only one of the targets can come from standard input")
    names = file_names([_wanted(target, narrowed) for target, narrowed in opened], [one.kind for one, _ in opened])
    return [Named(name, target, narrowed) for name, (target, narrowed) in zip(names, opened, strict=True)]


def _wanted(target: Target, request: Request) -> str:
    # Of a profile's path the last part is the name; elsewhere what stands before a slash tells one from another.
    return request.name or (Path(target.reference).name if target.kind == "file" else target.reference)


def file_names(wanted: Sequence[str], otherwise: Sequence[str]) -> list[str]:
    """Names that any file system takes, each once, whatever it thinks of case: web, web-2.

    A known ending is left out; `otherwise` stands where nothing is left.
    """
    taken: set[str] = set()
    names = []
    for text, instead in zip(wanted, otherwise, strict=True):
        plain = _plain(text) or instead
        name, number = plain, 1
        while name.lower() in taken:
            number += 1
            name = f"{plain}-{number}"
        taken.add(name.lower())
        names.append(name)
    return names


def _plain(text: str) -> str:
    for extension in _EXTENSIONS:
        text = text.removesuffix(extension)
    return _STRANGE.sub("-", text).strip("-.")[-_NAME:].strip("-.")


def take_many(
    opened: Sequence[Named], progress: Callable[[str], Progress]
) -> Iterator[tuple[Named, Profile | Exception]]:
    """The profile of each, or why there is none, as each ends. `progress` makes one for a name.

    Profiles that are to be anonymised come at the end, for one name has one id in all of them, and their files are
    called by what they are called then.
    """
    looks = [partial(one.target.profile, one.request, progress(one.name)) for one in opened]
    held: dict[int, Profile] = {}
    for place, outcome in as_they_end(looks):
        if isinstance(outcome, Profile) and opened[place].request.anonymize:
            held[place] = outcome
        else:
            yield opened[place], outcome
    if held:
        from parity.profile.anonymize import anonymize_all

        places = sorted(held)
        profiles = anonymize_all(held[place] for place in places)
        names = file_names([one.name for one in profiles], [one.target.kind for one in profiles])
        for place, name, profile in zip(places, names, profiles, strict=True):
            yield replace(opened[place], name=name), profile


def as_they_end(looks: Sequence[Callable[[], T]]) -> Iterator[tuple[int, T | Exception]]:
    """(place, what that look gave or raised), each as soon as it ended.

    Each runs in a thread of its own, that nobody waits for when this is left early; what such a thread has started,
    `parity.child.end_all` ends.
    """
    answers: SimpleQueue[tuple[int, T | Exception]] = SimpleQueue()

    def run(place: int) -> None:
        try:
            answers.put((place, looks[place]()))
        except Exception as error:
            answers.put((place, error))

    waiting = deque(range(len(looks)))
    began: dict[int, float] = {}
    while waiting or began:
        now = time.monotonic()
        young = [moment for moment in began.values() if now - moment < MOMENTS]
        while waiting and len(young) < AT_ONCE and len(began) < MOST:
            place = waiting.popleft()
            began[place] = now
            young.append(now)
            threading.Thread(target=run, args=(place,), daemon=True).start()
        patience = min(young) + MOMENTS - now if waiting and young and len(began) < MOST else None
        try:
            place, answer = answers.get(timeout=patience)
        except Empty:
            continue
        del began[place]
        yield place, answer

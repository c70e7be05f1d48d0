"""One word to one profile, as every command takes it."""

from __future__ import annotations

from collections.abc import Iterable

from parity.errors import Incomplete
from parity.profile import Profile, Status
from parity.snapshot.request import Progress, Request
from parity.snapshot.target import Target
from parity.targets import open_target

_USABLE = (Status.OK, Status.PARTIAL, Status.ABSENT)


def take(word: str, request: Request, progress: Progress) -> Profile:
    """The profile of the target that `word` names, anonymised when asked."""
    return _read(*open_target(word, request), progress)


def take_two(local: str, production: str, request: Request, progress: Progress) -> tuple[Profile, Profile]:
    """Both sides of a comparison, read at the same time. Both words are checked before either is opened."""
    opened = [open_target(word, request) for word in (local, production)]
    if all(target.kind == "file" for target, _ in opened):
        # Two files are read one after the other: threads would gain nothing and cost an import.
        first, second = (_read(target, narrowed, progress) for target, narrowed in opened)
        return first, second
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(2) as pool:
        first, second = pool.map(lambda one: _read(*one, progress), opened)
    return first, second


def _read(target: Target, request: Request, progress: Progress) -> Profile:
    profile = target.profile(request, progress)
    if request.anonymize:
        from parity.profile.anonymize import anonymize

        return anonymize(profile)
    return profile


def require(profile: Profile, names: Iterable[str]) -> None:
    """Raise Incomplete when one of the sections could not be read; ok, partial and absent satisfy."""
    for name in sorted(names):
        section = profile.sections.get(name)
        if section is None or section.status not in _USABLE:
            status = "missing" if section is None else section.status.value
            reason = section.reason if section is not None else None
            raise Incomplete(f"section {name} is required and is {status}" + (f": {reason}" if reason else ""))

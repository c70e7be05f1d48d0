"""One word to one profile, as every command takes it."""

from __future__ import annotations

from collections.abc import Iterable

from parity.errors import Incomplete
from parity.profile import Profile, Status
from parity.snapshot.request import Progress, Request
from parity.targets import open_target

_USABLE = (Status.OK, Status.PARTIAL, Status.ABSENT)


def take(word: str, request: Request, progress: Progress) -> Profile:
    """The profile of the target that `word` names, anonymised when asked."""
    target, narrowed = open_target(word, request)
    (profile,) = _shown([target.profile(narrowed, progress)], request)
    return profile


def take_two(local: str, production: str, request: Request, progress: Progress) -> tuple[Profile, Profile]:
    """Both sides of a comparison, read at the same time. Both words are checked before either is opened."""
    first, second = (open_target(word, request) for word in (local, production))
    if first[0].kind == second[0].kind == "file":
        # Two files are read one after the other: threads would gain nothing and cost an import.
        pair = [target.profile(narrowed, progress) for target, narrowed in (first, second)]
    else:
        from concurrent.futures import ThreadPoolExecutor

        with ThreadPoolExecutor(2) as pool:
            pair = list(pool.map(lambda one: one[0].profile(one[1], progress), (first, second)))
    left, right = _shown(pair, request)
    return left, right


def _shown(profiles: list[Profile], request: Request) -> list[Profile]:
    """Anonymised when asked: together, so that one name has one id on all sides."""
    if not request.anonymize:
        return profiles
    from parity.profile.anonymize import anonymize_all

    return list(anonymize_all(profiles))


def require(profile: Profile, names: Iterable[str]) -> None:
    """Raise Incomplete when one of the sections could not be read; ok, partial and absent satisfy."""
    for name in sorted(names):
        section = profile.sections.get(name)
        if section is None or section.status not in _USABLE:
            status = "missing" if section is None else section.status.value
            reason = section.reason if section is not None else None
            raise Incomplete(f"section {name} is required and is {status}" + (f": {reason}" if reason else ""))

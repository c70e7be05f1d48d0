"""One word to one profile, as every command takes it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import partial

from parity.errors import Incomplete
from parity.profile import Profile, Status
from parity.snapshot.key import RECORDED, of_this_run
from parity.snapshot.request import Progress, Request
from parity.snapshot.target import Target
from parity.targets import open_target

_USABLE = (Status.OK, Status.PARTIAL, Status.ABSENT)


def take(word: str, request: Request, progress: Progress) -> Profile:
    """The profile of the target that `word` names, anonymised when asked."""
    target, narrowed = open_target(word, request)
    (profile,) = _shown([target.profile(narrowed, progress)], request)
    return profile


def take_two(
    local: str,
    production: str,
    request: Request,
    progress: Progress,
    repository: Callable[[], Profile | None] | None = None,
) -> tuple[Profile, Profile, Profile | None]:
    """Both sides of a comparison, and what the look at the program's repository gives beside them.

    Both words are checked before either is opened. Files are read first: one that is no profile is told before any
    place is asked. Places are asked at once.
    """
    opened = _under_one_key([open_target(word, request) for word in (local, production)])
    looks: list[Callable[[], Profile | None]] = [
        partial(target.profile, narrowed, progress) for target, narrowed in opened
    ]
    looks += [repository] if repository is not None else []
    files = [place for place, (target, _) in enumerate(opened) if target.kind == "file"]
    found: dict[int, Profile | None] = {place: looks[place]() for place in files}
    places = [place for place in range(len(looks)) if place not in found]
    if len(places) > 1:
        from parity.together import together

        found |= zip(places, together([looks[place] for place in places]), strict=True)
    else:
        found |= {place: looks[place]() for place in places}
    taken = [found[place] for place in sorted(found)]
    left, right, *declared = _shown([one for one in taken if one is not None], request)
    return left, right, declared[0] if declared else None


def _under_one_key(opened: list[tuple[Target, Request]]) -> list[tuple[Target, Request]]:
    """Two live targets, asked under a key that is made for this run, unless a key was named; others as they are.

    What they answer is compared and never written, and the key is forgotten.
    """
    if any(target.kind in RECORDED or request.key is not None for target, request in opened):
        return opened
    return [(target, replace(request, key=of_this_run())) for target, request in opened]


def _shown(profiles: list[Profile], request: Request) -> list[Profile]:
    """Anonymised when asked: together, so that one name has one id on all sides."""
    if not request.anonymize:
        return profiles
    from parity.profile.anonymize import anonymize_all

    return list(anonymize_all(profiles))


def unread(profile: Profile) -> Iterator[str]:
    """What a person must know of a profile that is whole all the same: which sections could not be read, and why."""
    names: dict[str | None, list[str]] = {}
    for name, section in sorted(profile.sections.items()):
        if section.status is Status.UNAVAILABLE:
            names.setdefault(section.reason, []).append(name)
    for reason, together in names.items():
        yield f"could not read {', '.join(together)}: {reason}"


def require(profile: Profile, names: Iterable[str]) -> None:
    """Raise Incomplete when one of the sections could not be read; ok, partial and absent satisfy."""
    for name in sorted(names):
        section = profile.sections.get(name)
        if section is None or section.status not in _USABLE:
            status = "missing" if section is None else section.status.value
            reason = section.reason if section is not None else None
            raise Incomplete(f"section {name} is required and is {status}" + (f": {reason}" if reason else ""))

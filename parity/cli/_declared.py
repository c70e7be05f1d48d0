"""The repository beside a comparison: which one, and what becomes of one that has nothing to do with the two sides."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

if TYPE_CHECKING:
    from parity.profile import Profile
    from parity.snapshot.request import Progress, Request


@dataclass(frozen=True, slots=True)
class Place:
    """A repository's directory."""

    directory: Path | None
    """None: there is none to read, and `reason` says why."""
    reason: str | None = None
    named: bool = False
    """Whether somebody named it: then it counts whatever it holds, and one that cannot be read ends the run."""


def declared_option(panel: str) -> Any:
    """`--declared`, in a panel of a command's help."""
    text = "The program's repository; by default the one around the working directory."
    return typer.Option("--declared", help=text, rich_help_panel=panel, metavar="DIR")


def no_declared_option(panel: str, left: str = "") -> Any:
    """`--no-declared`, with what is left to a command that reads no repository."""
    return typer.Option("--no-declared", help=f"Read no repository{left}.", rich_help_panel=panel)


def repository(declared: str | None, no_declared: bool) -> Place:
    """The one that is named, or the one around the working directory. Raises UsageError."""
    from parity.errors import UsageError
    from parity.text import safe

    if no_declared:
        if declared is not None:
            raise UsageError("--declared and --no-declared exclude each other")
        return Place(None, "--no-declared")
    if declared is not None:
        if not Path(declared).is_dir():
            raise UsageError(f"--declared: no such directory: {safe(declared)!r}")
        return Place(Path(declared), named=True)
    from parity.snapshot.repository import around

    found = around(Path.cwd())
    return Place(found, None if found else "no repository around the working directory")


def taken(
    local: str,
    production: str,
    request: Request,
    progress: Progress,
    place: Place,
    its_own: Callable[[Path], bool] = lambda _: False,
) -> tuple[tuple[Profile, Profile], Profile | None, str | None]:
    """((local, production), what the repository declares, why it was not read).

    A repository that only happens to lie around the working directory is left out where it has nothing to do with
    what is compared, and where it cannot be read. `its_own` says what else shows that it has: of its directory.
    """
    from parity.snapshot.take import take_two

    look = partial(_read, place, place.directory, request, progress) if place.directory is not None else None
    left, right, declared = take_two(local, production, request, progress, look)
    if declared is None:
        return (left, right), None, place.reason or "the repository here cannot be read"
    if not place.named:
        from parity.policy.relation import unrelated

        if unrelated(declared, left, right) and not (place.directory and its_own(place.directory)):
            return (left, right), None, "the repository here declares and imports nothing that either side has"
    return (left, right), declared, None


def _read(place: Place, directory: Path, request: Request, progress: Progress) -> Profile | None:
    from parity.errors import ParityError
    from parity.snapshot.request import Request
    from parity.targets import load

    # Of the options only those of the run itself: the rest is about the two sides.
    beside = Request(timeout=request.timeout, now=request.now)
    try:
        profile: Profile = load("repo").parse(str(directory), {}).profile(beside, progress)
    except ParityError as error:
        if place.named:
            raise
        progress.warn(f"the repository around the working directory: {error}")
        return None
    return profile

"""parity snapshot"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Annotated

import typer

from parity.cli._request import takes_request
from parity.snapshot.request import Request

if TYPE_CHECKING:
    from parity.profile import Profile

ORDER = 10
EXAMPLES = (
    "parity snapshot -o profiles/local.json",
    "parity snapshot docker://web -o profiles/production.json",
    "parity snapshot docker://web --database-url-env PROD_URL --require database",
    "parity snapshot --section packages --section environment",
    "parity snapshot --fingerprint-key-file parity.key -o ~/profiles/local.json",
    "parity snapshot ssh://web-1 ssh://web-2 kubernetes://shop/deploy/worker -o profiles/",
)

_WINS = (4, 2, 3, 1, 0)
"""Exit codes, the one that beats the others first."""


@takes_request
def run(
    request: Request,
    targets: Annotated[
        list[str], typer.Argument(metavar="TARGET...", help="What to look at; `parity targets` lists the kinds.")
    ] = ["local"],
    output: Annotated[
        str,
        typer.Option(
            "--output",
            "-o",
            metavar="PATH",
            help="The file to write (mode 0600), a directory for files named by their targets, or - for standard"
            " output.",
        ),
    ] = "-",
    require: Annotated[
        list[str],
        typer.Option("--require", metavar="NAME", help="Exit 3 unless this section could be read (repeatable)."),
    ] = [],
    timings: Annotated[bool, typer.Option("--timings", help="Say on standard error what took how long.")] = False,
    force: Annotated[
        bool, typer.Option("--force", help="Write a profile with fingerprints into a git work tree all the same.")
    ] = False,
) -> int:
    """Take a snapshot of an environment and write it as a JSON profile.

    Names, never values: no variable's value, length or hash is recorded, unless --fingerprint-key-file or --shapes
    asks for what they tell. A section that could not be read says so in its status, and the rest is whole.

    Several targets are looked at side by side, each within the same deadline, and get a file each in the directory
    that -o names. One that cannot be read is told on standard error, and the others are written.
    """
    from parity import sections

    required = sections.chosen(require)
    directory = _directory(output, len(targets))
    written = _Written(force, timings)
    if request.key is not None:
        written.refuse_work_tree(output)
    if directory is None:
        return _one(targets[0], request, output, required, written)
    return _each(targets, request, directory, required, written)


@dataclass(frozen=True, slots=True)
class _Written:
    """What goes along with the writing of a profile."""

    force: bool
    timings: bool

    def refuse_work_tree(self, output: str) -> None:
        """Raise UsageError where a sensitive profile would be written into a git work tree."""
        from parity.cli._worktree import refuse

        if not self.force:
            refuse(output)

    def may(self, profile: Profile, output: str) -> None:
        """The same for one that is there already: a file may hold fingerprints that nobody asked for now."""
        if profile.sensitive:
            self.refuse_work_tree(output)

    def time(self, profile: Profile, seconds: float, title: str = "") -> None:
        """Say how long it took, where that was asked for."""
        from parity.output import tell
        from parity.report.timings_terminal import render

        if self.timings:
            tell(title + render(profile.timings, seconds).rstrip("\n"))


def _one(target: str, request: Request, output: str, required: frozenset[str], written: _Written) -> int:
    from parity.cli._progress import progress
    from parity.output import as_it_is, check, write
    from parity.profile.document import render
    from parity.snapshot.take import require, take, unread

    check(output)
    began = monotonic()
    with progress() as show:
        profile = take(target, request, show)
    took = monotonic() - began
    written.may(profile, output)
    write(output, render(profile), disarm=as_it_is)
    written.time(profile, took)
    require(profile, required)
    for sentence in unread(profile):
        show.warn(sentence)
    return 0


def _each(words: list[str], request: Request, directory: Path, required: frozenset[str], written: _Written) -> int:
    from parity.cli._progress import Tally, progress
    from parity.errors import ParityError
    from parity.output import write
    from parity.profile import Profile
    from parity.profile.document import render
    from parity.snapshot.many import open_many, take_many
    from parity.snapshot.take import require, unread

    opened = open_many(words, request)
    _make(directory)
    codes, faults, began = {0}, [], monotonic()
    with progress() as show:
        tally = Tally(show, [one.name for one in opened])
        for one, outcome in take_many(opened, tally.part):
            try:
                if not isinstance(outcome, Profile):
                    raise outcome
                written.may(outcome, str(directory))
                write(directory / f"{one.name}.json", render(outcome))
                written.time(outcome, monotonic() - began, f"{one.name}\n")
                require(outcome, required)
                for sentence in unread(outcome):
                    tally.warn(one.name, sentence)
            except ParityError as error:
                show.fail(f"{one.name}: {error}", error.hint)
                codes.add(error.exit_code)
            except Exception as error:
                faults.append(error)
            tally.done(one.name)
    for fault in faults:
        raise fault
    return min(codes, key=_WINS.index)


def _directory(output: str, count: int) -> Path | None:
    """The directory that -o names, None where it names one file."""
    from parity.errors import UsageError
    from parity.text import safe

    path = Path(output)
    try:
        there = output != "-" and path.is_dir()
    except (OSError, ValueError):
        there = False
    if there or output.endswith("/"):
        return path
    if count == 1:
        return None
    if output == "-":
        raise UsageError("several profiles need a directory to be written to", hint="-o DIRECTORY")
    if path.suffix == ".json":
        raise UsageError(f"several profiles need a directory, and {safe(output)} is a file's name", hint="-o DIRECTORY")
    return path


def _make(directory: Path) -> None:
    import errno
    import os

    from parity.errors import OutputError
    from parity.text import safe

    try:
        directory.mkdir(parents=True, exist_ok=True)
    except (OSError, ValueError) as error:
        why = os.strerror(getattr(error, "errno", None) or errno.EINVAL)
        raise OutputError(f"cannot make the directory {safe(directory)}: {why}") from None

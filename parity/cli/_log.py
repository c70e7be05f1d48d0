"""What an explanation is made from and where it goes: the options of explain, and the work under them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, partial
from typing import TYPE_CHECKING, Annotated, Any

import typer

from parity.cli._declared import Place, declared_option, no_declared_option, repository, taken
from parity.cli._options import check_format, in_place_of
from parity.errors import ParityError, UsageError
from parity.snapshot.request import Progress, Request

if TYPE_CHECKING:
    from pathlib import Path

    from parity.explain.model import Frame, Log
    from parity.policy.model import Findings
    from parity.profile import Profile
    from parity.report.explained import Explained
    from parity.snapshot.target import Target

_STDOUT = "-"
_STDIN = "-"
AUTO = "auto"
"""The log that the place of production keeps itself."""
_TELLING = len("run(settings)")
"""Characters of a quoted line by which a file is known: `main()` stands in many."""
_PANEL = "What is explained, and how"


@dataclass(frozen=True, slots=True)
class Explaining:
    """What the command line says of it."""

    log: str | None
    """A path, - or auto; None: by the kind of target."""
    repository: Place
    format: str
    path: str
    everything: bool

    def check(self) -> None:
        """Raise OutputError where the answer could not be written, before any work is done for it."""
        from parity.output import check

        check(self.path)

    def write(self, explained: Explained) -> int:
        """Write the answer. Raises OutputError."""
        from parity.cli._screen import screen
        from parity.output import as_it_is, write
        from parity.report.explanation import render

        text = render(self.format, explained, screen(self.path, everything=self.everything))
        write(self.path, text, disarm=as_it_is)
        return 0


def log_option(panel: str, more: str) -> Any:
    """`--log`, in a panel of a command's help, with what more that command says of it."""
    text = f"Production's log: a file, - for standard input, or auto for what the target keeps{more}."
    return typer.Option("--log", help=text, rich_help_panel=panel, metavar="FILE")


def _option(*names: str, text: str, **settings: Any) -> Any:
    return typer.Option(*names, help=text, rich_help_panel=_PANEL, **settings)


def _complete_format() -> list[str]:
    from parity.report.explanation import formats

    return list(formats())


def _options(
    log: Annotated[str | None, log_option(_PANEL, " (the default for docker, compose, kubernetes and systemd)")] = None,
    declared: Annotated[str | None, declared_option(_PANEL)] = None,
    no_declared: Annotated[bool, no_declared_option(_PANEL)] = False,
    format_word: Annotated[
        str, _option("--format", text="terminal or json.", metavar="NAME", autocompletion=_complete_format)
    ] = "terminal",
    output: Annotated[
        str, _option("--output", "-o", text="The file for the answer, or - for standard output.", metavar="FILE")
    ] = _STDOUT,
    everything: Annotated[bool, _option("--all", text="List what is otherwise only counted.")] = False,
) -> Explaining:
    from parity.report.explanation import formats

    check_format(format_word, formats())
    return Explaining(log, repository(declared, no_declared), format_word, output, everything)


takes_explaining = in_place_of("explaining", _options)
"""Give a command the options above in place of its parameter `explaining: Explaining`."""


def explained(sides: tuple[str, str], request: Request, explaining: Explaining, progress: Progress) -> Explained:
    """The answer for (local, production). Raises ParityError where there can be none."""
    from parity.diff import compare
    from parity.explain.answer import explain
    from parity.explain.categories import first_commands
    from parity.explain.headline import aligned
    from parity.explain.reach import reach
    from parity.policy import judge
    from parity.policy.model import Sides
    from parity.policy.use import view
    from parity.report.explained import Explained

    if [*sides, explaining.log].count(_STDIN) > 1:
        raise UsageError("only one of LOCAL, PRODUCTION and --log can come from standard input")
    read = cache(partial(_log, explaining.log, sides[1], request, progress))
    profiles, promised, unread = taken(*sides, request, progress, explaining.repository, lambda at: _quoted(at, read()))
    log, unlogged = read()
    progress("explaining")
    comparison = compare(*profiles)
    findings = judge(comparison, *profiles, promised)
    use = view(promised, *profiles) if promised is not None else None
    sources = _sources(explaining.repository, log, findings, promised)
    explanations = explain(log, comparison, findings, Sides(*profiles, use), sources)
    log = aligned(log, explanations) if log is not None else None
    extents = tuple(reach(one.failure, log, profiles[1]) if one.failure and log else None for one in explanations)
    commands = first_commands(explanations[0], profiles[1])
    return Explained(*profiles, comparison, promised, unread, log, unlogged, explanations, extents, commands)


def _quoted(directory: Path, read: tuple[Log | None, str | None]) -> bool:
    """Whether the lines that the log's tracebacks quote of a file stand in the repository's file of that name."""
    from parity.declared.texts import ending

    log, _ = read
    quoted: dict[str, list[str]] = {}
    for frame in _frames(log):
        quoted.setdefault(frame.file, []).extend([frame.code] if frame.code else [])
    texts = ending(directory, quoted)
    return any(
        max(map(len, quoted[file]), default=0) >= _TELLING and all(line in text for line in quoted[file])
        for file, text in texts.items()
    )


def _log(word: str | None, production: str, request: Request, progress: Progress) -> tuple[Log | None, str | None]:
    """(the log, or why there is none). Without a word, the log of a place that keeps one, where it can be had."""
    from parity.logs.opened import opened
    from parity.logs.places import kinds
    from parity.targets import open_target

    if word not in (None, AUTO):
        progress("reading the log")
        with opened(str(word)) as parts:
            return _read(parts), None
    target, narrowed = open_target(production, request)
    if target.kind in kinds():
        try:
            return _kept(target, narrowed, progress), None
        except ParityError as error:
            if word == AUTO:
                raise
            progress.warn(f"no log is read: {error}" + (f" ({error.hint})" if error.hint else ""))
            return None, str(error)
    if word == AUTO:
        raise UsageError(
            f"--log auto: a {target.kind} target keeps no log",
            hint="--log FILE; one is kept by " + ", ".join(sorted(kinds())),
        )
    return None, "no --log was given"


def _kept(target: Target, request: Request, progress: Progress) -> Log:
    from parity.logs.places import load

    place = load(target.kind)
    progress(f"reading what {place.shown(target)} shows")
    return _read(place.read(target, request.timeout))


def _read(parts: Iterator[bytes]) -> Log:
    from parity.explain.log import read

    return read(parts)


def _sources(place: Place, log: Log | None, findings: Findings, declared: Profile | None) -> dict[str, str]:
    """The program's own files on the failing paths, and those that read what differs."""
    from parity.declared.texts import texts

    if place.directory is None or declared is None:
        return {}
    return dict(texts(place.directory, dict.fromkeys(_printed(log)), dict.fromkeys(_reading(findings, declared))))


def _printed(log: Log | None) -> Iterator[str]:
    """The files of the frames, of the weightiest failure and the innermost frame first."""
    yield from (frame.file for frame in _frames(log))


def _frames(log: Log | None) -> Iterator[Frame]:
    """Of the weightiest failure and the innermost first."""
    for failure in log.failures if log is not None else ():
        for raised in failure.chain:
            yield from reversed(raised.frames)


def _reading(findings: Findings, declared: Profile) -> Iterator[str]:
    """The files that read a variable that differs."""
    from parity.profile.item import field

    section = declared.sections.get("environment")
    for one in findings:
        if section is not None and one.section == "environment":
            places = field(section.items.get(one.key), "read_at")
            yield from (place.rpartition(":")[0] for place in (places if isinstance(places, tuple) else ()))

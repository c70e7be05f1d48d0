"""What is fixed and where it goes: the options of fix, and the work under them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any

import typer

from parity.cli._declared import Place, declared_option, no_declared_option, repository, taken
from parity.cli._log import log_option
from parity.cli._options import check_format, in_place_of
from parity.errors import UsageError
from parity.snapshot.request import Progress, Request
from parity.text import safe

if TYPE_CHECKING:
    from parity.explain.model import Explanation
    from parity.fix.model import Side
    from parity.report.fixed import Fixed

_STDOUT = "-"
_PANEL = "What is fixed, and how"
_CANDIDATES = 3


@dataclass(frozen=True, slots=True)
class Fixing:
    """What the command line says of it."""

    causes: tuple[str, ...]
    everything: bool
    side: Side | None
    log: str | None
    repository: Place
    directory: str | None
    format: str
    path: str

    def check(self) -> None:
        """Raise OutputError where the answer could not be written, before any work is done for it."""
        from parity.cli._new_files import check_new
        from parity.output import check

        check(self.path)
        if self.directory is not None:
            check_new(self.directory)

    def write(self, fixed: Fixed) -> int:
        """Write the answer, the new files first. Raises OutputError."""
        from parity.cli._new_files import write_new
        from parity.cli._screen import screen
        from parity.output import as_it_is, write
        from parity.report.remedies import render

        if self.directory is not None:
            write_new(self.directory, fixed.fix.files)
        write(self.path, render(self.format, fixed, screen(self.path, everything=self.everything)), disarm=as_it_is)
        return 0


def _option(*names: str, text: str, **settings: Any) -> Any:
    return typer.Option(*names, help=text, rich_help_panel=_PANEL, **settings)


def _complete_format() -> list[str]:
    from parity.report.remedies import formats

    return list(formats())


def _options(
    cause: Annotated[
        list[str],
        _option(
            "--cause",
            text="Only this difference, as diff and explain name it: section.key (repeatable).",
            metavar="LABEL",
        ),
    ] = [],
    everything: Annotated[bool, _option("--all", text="Every difference, those of no known consequence too.")] = False,
    side: Annotated[
        str | None,
        _option(
            "--side",
            text="The side to change: local or production; by default the one that departs from what the repository "
            "declares.",
            metavar="SIDE",
            autocompletion=lambda: ["local", "production"],
        ),
    ] = None,
    log: Annotated[str | None, log_option(_PANEL, ". What it tells of is fixed, and no more")] = None,
    declared: Annotated[str | None, declared_option(_PANEL)] = None,
    no_declared: Annotated[bool, no_declared_option(_PANEL, ": commands alone")] = False,
    write_to: Annotated[
        str | None, _option("--write", text="The directory for patches and new files.", metavar="DIR")
    ] = None,
    format_word: Annotated[
        str, _option("--format", text="terminal or json.", metavar="NAME", autocompletion=_complete_format)
    ] = "terminal",
    output: Annotated[
        str, _option("--output", "-o", text="The file for the answer, or - for standard output.", metavar="FILE")
    ] = _STDOUT,
) -> Fixing:
    from parity.report.remedies import formats

    check_format(format_word, formats())
    if side not in (None, "local", "production"):
        raise UsageError(f"--side: there is no side {safe(side)!r}", hint="local or production")
    if cause and (everything or log is not None):
        raise UsageError("--cause names what is fixed: it goes with neither --all nor --log")
    chosen: Side | None = "local" if side == "local" else "production" if side == "production" else None
    return Fixing(
        tuple(cause), everything, chosen, log, repository(declared, no_declared), write_to, format_word, output
    )


takes_fixing = in_place_of("fixing", _options)
"""Give a command the options above in place of its parameter `fixing: Fixing`."""


def fixed(sides: tuple[str, str], request: Request, fixing: Fixing, progress: Progress) -> Fixed:
    """The fix for (local, production). Raises ParityError where there can be none."""
    from parity.cli._repository_texts import repository_texts
    from parity.diff import compare
    from parity.fix.answer import chosen, fix
    from parity.fix.context import Context
    from parity.fix.repository import Repository
    from parity.policy import judge
    from parity.policy.model import Sides
    from parity.policy.use import view
    from parity.report.fixed import Fixed

    if sides == ("-", "-"):
        raise UsageError("both sides cannot come from standard input")
    labels: tuple[str, ...] | None = fixing.causes or None
    if fixing.log is not None:
        local, production, promised, unread, labels = _of_log(sides, request, fixing, progress)
    else:
        (local, production), promised, unread = taken(*sides, request, progress, fixing.repository)
    progress("looking for remedies")
    comparison = compare(local, production)
    findings = judge(comparison, local, production, promised)
    known = {f"{one.section}.{one.key}" for one in findings}
    known |= {f"{one.section}.{one.key}" for one in comparison.differences}
    for label in fixing.causes:
        if label not in known:
            raise UsageError(
                f"--cause: the two sides do not differ in {safe(label)!r}", hint="parity diff --all lists every label"
            )
    use = view(promised, local, production) if promised is not None else None
    texts = repository_texts(fixing.repository.directory) if promised is not None else {}
    picked = chosen(findings, comparison.differences, labels, everything=fixing.everything)
    context = Context(Sides(local, production, use), Repository(texts), fixing.side, named=labels is not None)
    answer = fix(picked, context)
    left = (
        0
        if fixing.causes
        else len({(one.section, one.key) for one in findings} - {(one.section, one.key) for one in picked})
    )
    return Fixed(local, production, answer, left, unread if promised is None else None, fixing.directory)


def _of_log(sides: tuple[str, str], request: Request, fixing: Fixing, progress: Progress) -> Any:
    """(local, production, what the repository declares, why it was not read, labels of the causes)."""
    from parity.cli._log import Explaining, explained

    explaining = Explaining(fixing.log, fixing.repository, "terminal", _STDOUT, everything=False)
    answer = explained(sides, request, explaining, progress)
    labels = tuple(dict.fromkeys(label for one in answer.explanations for label in _named(one)))
    return answer.local, answer.production, answer.declared, answer.unread, labels


def _named(one: Explanation) -> tuple[str, ...]:
    """What an explanation names: the cause, or, where it could not decide, the first candidates."""
    count = 1 if one.verdict == "explained" else _CANDIDATES if one.verdict == "undetermined" else 0
    return tuple(cause.label for cause in one.causes[:count])

"""Where reports go and in which formats: the options that diff and gate share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

import typer

from parity.cli._options import check_format, in_place_of
from parity.errors import UsageError
from parity.text import safe

if TYPE_CHECKING:
    from parity.report import Report

_STDOUT = "-"


@dataclass(frozen=True, slots=True)
class Output:
    """One report: its format, and the file that takes it, - for standard output."""

    format: str
    path: str


@dataclass(frozen=True, slots=True)
class Outputs:
    """All reports of one run."""

    each: tuple[Output, ...]
    everything: bool
    explain: bool
    exit_zero: bool

    def check(self) -> None:
        """Raise OutputError where one of them could not be written, before any work is done for it."""
        from parity.output import check

        for one in self.each:
            check(one.path)

    def write(self, report: Report) -> int:
        """Write them, the one for standard output last, and return the exit code. Raises OutputError."""
        from parity.output import as_it_is, write

        texts = [(one.path, self.text(report, one)) for one in self.each]
        for path, text in sorted(texts, key=lambda one: one[0] == _STDOUT):
            write(path, text, disarm=as_it_is)
        code = report.verdict.exit_code
        return 0 if self.exit_zero and code == 1 else code

    def text(self, report: Report, one: Output) -> str:
        """One report in its format."""
        from parity.cli._screen import screen
        from parity.report import render

        return render(one.format, report, screen(one.path, everything=self.everything, explain=self.explain))


def _complete_format() -> list[str]:
    from parity.report import formats

    return list(formats())


def _options(
    format_words: Annotated[
        list[str],
        typer.Option(
            "--format",
            metavar="NAME[=FILE]",
            envvar="PARITY_FORMAT",
            help="The format of the report, terminal by default, and the file that takes it (repeatable).",
            autocompletion=_complete_format,
        ),
    ] = [],
    output: Annotated[
        str,
        typer.Option(
            "--output", "-o", metavar="FILE", help="The file for a format without one, or - for standard output."
        ),
    ] = _STDOUT,
    everything: Annotated[bool, typer.Option("--all", help="List what is otherwise only counted.")] = False,
    explain: Annotated[
        bool, typer.Option("--explain", help="Under each finding: why it matters, its evidence, what to do next.")
    ] = False,
    exit_zero: Annotated[bool, typer.Option("--exit-zero", help="Exit 0 for drift; other codes stay.")] = False,
) -> Outputs:
    each = tuple(_parsed(word, output) for word in format_words or ["terminal"])
    taken: set[str] = set()
    for one in each:
        if one.path in taken and one.path != "/dev/null":
            place = "standard output" if one.path == _STDOUT else safe(one.path)
            raise UsageError(f"two reports cannot go to {place}", hint=f"give one a file: --format {one.format}=FILE")
        taken.add(one.path)
    if output not in {_STDOUT, *taken}:
        raise UsageError(f"no report is left for -o {safe(output)}: every --format has a file of its own")
    return Outputs(each, everything, explain, exit_zero)


def _parsed(word: str, output: str) -> Output:
    from parity.report import formats

    name, equals, path = word.partition("=")
    check_format(name, formats())
    if equals and not path:
        raise UsageError(f"--format {safe(word)}: there is no file", hint=f"--format {name}=FILE")
    return Output(name, path if equals else output)


takes_outputs = in_place_of("outputs", _options)
"""Give a command the options above in place of its parameter `outputs: Outputs`."""

"""The fix for a person: under each difference what to run and where, then the files, then what nothing is known for."""

from __future__ import annotations

from collections.abc import Iterator

from parity.fix.model import File, Remedy, Treated
from parity.fix.quoted import WITHHELD, printed
from parity.policy.words import plural
from parity.report.base import Screen
from parity.report.fixed import Fixed
from parity.report.layout import Line, Style, painted, paragraph

FORMAT = "terminal"
SUMMARY = "text for a person"

_STYLES: dict[str, Style] = {"error": "error", "warning": "warning", "info": "info"}
_WHERE = {
    "repository": "in the repository",
    "local": "here",
    "production": "for production",
    "database": "in production's database",
}


def render(fixed: Fixed, screen: Screen) -> str:
    """The whole text."""
    return painted(_lines(fixed, screen), screen)


def _lines(fixed: Fixed, screen: Screen) -> Iterator[Line]:
    known = [one for one in fixed.fix.treated if one.remedies]
    for one in known:
        yield from _difference(one, screen)
        yield ()
    for file in fixed.fix.files:
        yield from _file(file, fixed, screen)
        yield ()
    yield from _unknown([one for one in fixed.fix.treated if not one.remedies], screen)
    yield from _closing(fixed, len(known), screen)


def _difference(one: Treated, screen: Screen) -> Iterator[Line]:
    style = _STYLES.get(one.severity, "")
    yield from paragraph(one.label, screen.width, lead=f"{one.severity.upper()}  ", lead_style=style, style="bold")
    yield from paragraph(one.why, screen.width, indent=2, style="dim")
    for remedy in one.remedies:
        yield from _remedy(remedy, screen)


def _remedy(one: Remedy, screen: Screen) -> Iterator[Line]:
    yield from paragraph(one.title, screen.width, indent=2, style="good")
    for path in dict.fromkeys(edit.path for edit in one.edits):
        yield from paragraph(f"{path}: in the patch", screen.width, indent=4)
    for command in one.commands:
        said = f"{_WHERE[command.where]}: {command.tells}"
        yield from paragraph(said, screen.width, indent=4, lead="# ", lead_style="dim", style="dim")
        # On one line, whatever its length, so that it can be copied.
        yield ("    ", ""), (_shown(command.text), "bold")
    for note in one.notes:
        yield from paragraph(note, screen.width, indent=4, lead="note: ", style="dim")


def _shown(text: str) -> str:
    from parity.text import safe

    return safe(text)


def _file(one: File, fixed: Fixed, screen: Screen) -> Iterator[Line]:
    head = f"{one.name}: {one.purpose}"
    if fixed.directory is not None:
        yield from paragraph(f"{fixed.directory.rstrip('/')}/{head}", screen.width, lead="WRITTEN  ", lead_style="good")
        return
    yield from paragraph(head, screen.width, lead="FILE  ", style="bold")
    text = printed(one)
    for line in text.splitlines():
        style: Style = "good" if line.startswith("+") else "error" if line.startswith("-") else ""
        yield ("  ", ""), (_shown(line), style if one.name.endswith(".patch") else "")
    if text != one.text:
        yield from paragraph(WITHHELD, screen.width, indent=2, lead="note: ", style="dim")


def _unknown(each: list[Treated], screen: Screen) -> Iterator[Line]:
    if not each:
        return
    yield ((f"NO REMEDY ({len(each)})", "bold"),)
    for one in each:
        yield from paragraph(f"{one.label}: {one.unknown}", screen.width, indent=2)
    yield ()


def _closing(fixed: Fixed, known: int, screen: Screen) -> Iterator[Line]:
    total = len(fixed.fix.treated)
    text = f"{known} of {plural(total, 'difference')} with a remedy; nothing was run or changed." if total else ""
    yield from paragraph(text or "There is nothing to fix.", screen.width, style="bold")
    if fixed.fix.files and fixed.directory is None:
        yield from paragraph("--write DIR writes the files.", screen.width)
    if fixed.left:
        yield from paragraph(f"{plural(fixed.left, 'finding')} more with --all.", screen.width)
    for note in fixed.fix.notes:
        yield from paragraph(f"{note[0].upper()}{note[1:]}.", screen.width)
    if fixed.unread and not fixed.fix.notes:
        yield from paragraph(f"No source was read ({fixed.unread}).", screen.width)

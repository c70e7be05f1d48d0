"""Lines of styled text: wrapped, set in columns, and painted last of all.

Everything that is put on a line goes through `safe` here, so that no renderer can forget it. Widths are in
cells of a terminal: a wide character takes two, a combining one none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Literal, TypeAlias
from unicodedata import combining, east_asian_width

from parity.report.base import Screen
from parity.text import guard, safe

Style: TypeAlias = Literal["", "bold", "dim", "error", "warning", "info", "good"]
Span: TypeAlias = "tuple[str, Style]"
Line: TypeAlias = "tuple[Span, ...]"

_STYLES = {
    "bold": "bold",
    "dim": "dim",
    "error": "bold red",
    "warning": "bold yellow",
    "info": "bold cyan",
    "good": "bold green",
}
_BREAKS = re.compile(r".+?[-_/.,:@+=](?=.)|.+", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a row. The text is wrapped to `width`, never cut off."""

    text: str
    width: int
    style: Style = ""


def width_of(text: str) -> int:
    """How many cells a text takes that `safe` has seen."""
    if text.isascii():
        return len(text)
    return sum(2 if east_asian_width(one) in "WF" else 0 if combining(one) else 1 for one in text)


def wrapped(text: str, width: int, safely: bool = True) -> list[str]:
    """The text on lines of at most `width` cells: broken at spaces, a long word after punctuation or anywhere."""
    text = safe(text) if safely else text
    if width_of(text) <= width:
        return [text]
    lines = [""]
    for word in text.split(" "):
        joined = f"{lines[-1]} {word}" if lines[-1] else word
        if width_of(joined) <= width:
            lines[-1] = joined
            continue
        if lines[-1]:
            lines.append("")
        for piece in _pieces(word, width):
            if width_of(lines[-1] + piece) <= width:
                lines[-1] += piece
            else:
                lines.append(piece)
    if any(guard(line) != line for line in lines):
        # A break has brought to the start of a line what a runner would obey there.
        return wrapped(text.replace("::", r":\x3a"), width, safely=False)
    return lines


def _pieces(word: str, width: int) -> Iterator[str]:
    if width_of(word) <= width:
        yield word
        return
    for piece in _BREAKS.findall(word):
        if width_of(piece) <= width:
            yield piece
        else:
            yield from piece


def row(cells: Sequence[Cell], indent: int = 0, gap: int = 2) -> Iterator[Line]:
    """The cells side by side, on as many lines as the tallest takes."""
    columns = [[(one, cell.style) for one in wrapped(cell.text, cell.width)] for cell in cells]
    for line in zip_longest(*columns, fillvalue=("", "")):
        spans: list[Span] = [(" " * indent, "")]
        for place, (cell, (text, style)) in enumerate(zip(cells, line, strict=True)):
            last = place == len(cells) - 1
            spans.append((text, _style(style)))
            if not last:
                spans.append((" " * (cell.width - width_of(text) + gap), ""))
        yield tuple(spans)


def paragraph(
    text: str, width: int, indent: int = 0, style: Style = "", lead: str = "", lead_style: Style = "bold"
) -> Iterator[Line]:
    """A text on lines; `lead` stands before the first of them and indents the others by as much."""
    left = width_of(lead)
    for place, one in enumerate(wrapped(text, max(width - indent - left, 20))):
        yield (" " * indent, ""), (lead if place == 0 else " " * left, lead_style), (one, style)


def packed(texts: Sequence[str], width: int, indent: int) -> Iterator[Line]:
    """Short texts in as many columns as fit, read downwards line by line."""
    shown = [safe(text) for text in texts]
    column = min(max(map(width_of, shown)), width - indent)
    count = max(1, (width - indent + 2) // (column + 2))
    for start in range(0, len(shown), count):
        yield from row([Cell(text, column) for text in shown[start : start + count]], indent)


def painted(lines: Iterable[Line], screen: Screen) -> str:
    """The lines as text, coloured where the screen has colour."""
    if not screen.colour:
        return guard("".join("".join(text for text, _ in line).rstrip() + "\n" for line in lines))
    from io import StringIO

    from rich.console import Console
    from rich.text import Text

    out = StringIO()
    console = Console(
        file=out,
        force_terminal=True,
        color_system="standard",
        no_color=False,
        width=screen.width,
        markup=False,
        emoji=False,
        highlight=False,
        legacy_windows=False,
        _environ={},
    )
    for line in lines:
        text = Text.assemble(*((part, _STYLES.get(style, "")) for part, style in line))
        text.rstrip()
        console.print(text, soft_wrap=True)
    return guard(out.getvalue())


def _style(style: str) -> Style:
    return style if style in _STYLES else ""  # type: ignore[return-value]

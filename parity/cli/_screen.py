"""What a renderer may know of the terminal it will be read on."""

from __future__ import annotations

import os
import sys
from shutil import get_terminal_size

from parity.report.base import Screen

WIDTH_OF_A_PIPE = 80


def screen(output: str = "-", *, everything: bool = False, explain: bool = False) -> Screen:
    """The screen that standard output is, or a plain one where a file or a pipe takes the text.

    NO_COLOR (any value) switches colour off, FORCE_COLOR on, as https://no-color.org and its kin have it.
    """
    terminal = output == "-" and sys.stdout is not None and sys.stdout.isatty()
    width = get_terminal_size((WIDTH_OF_A_PIPE, 24)).columns if terminal or "COLUMNS" in os.environ else WIDTH_OF_A_PIPE
    wanted = (terminal and os.environ.get("TERM") != "dumb") or bool(os.environ.get("FORCE_COLOR"))
    colour = wanted and not os.environ.get("NO_COLOR")
    return Screen(width=max(40, width), colour=colour, everything=everything, explain=explain)

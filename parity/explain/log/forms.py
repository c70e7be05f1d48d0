"""The forms that lines of a traceback have: CPython's since 3.8, rich's, loguru's and faulthandler's."""

from __future__ import annotations

import re

OPENS = "Traceback (most recent call last)"
GROUP_OPENS = "Exception Group Traceback (most recent call last)"
STACK_OPENS = "Stack (most recent call last)"
"""Printed by `stack_info=True`: frames with no exception."""

OF_LOGGING = "--- Logging error ---"
"""Printed by `logging.Handler.handleError` before the traceback of a record that could not be written."""

CAUSE = "The above exception was the direct cause of the following exception:"
CONTEXT = "During handling of the above exception, another exception occurred:"

FRAME = re.compile(
    r"(?:> )?\s{0,40}File \"(?P<file>[^\"]{1,1000})\", line (?P<line>\d{1,9})(?:, in (?P<function>.{1,400}))?\s*$"
)
REPEATED = re.compile(r"\s*\[Previous line repeated \d+ more times?\]")
MARKS = re.compile(r"[\s^~]*\Z")
"""A line that only points at a part of the one above."""

EXCEPTION = re.compile(
    r"(?P<type>[A-Za-z_][\w.]{0,200}(?:<locals>\.[\w.]{1,200})?)(?:: (?P<message>.*)|:?\s*$)", re.DOTALL
)
"""A line that may end a traceback: a dotted name, and what it says."""

_NAMED = re.compile(
    r"(?:[A-Za-z_]\w{0,80}\.){0,12}[A-Za-z_]\w{0,80}(?:Error|Exception|Interrupt|Exit|Timeout|NotFound|Fault|Refused|Group)\Z"
)
_QUALIFIED = re.compile(r"(?:[a-z_]\w{0,80}\.){1,12}[A-Z]\w{1,80}\Z")

MARGIN = re.compile(r"( {0,80})([|+])(.*)", re.DOTALL)
SEPARATOR = re.compile(r"-(?:\+-)?-{2,80}(?: (?:\d{1,9}|\.\.\.) -{2,80})?\s*\Z")
"""What follows the plus of a line between a group's members."""

BOX_OPENS = re.compile(r"[╭┌+][─-]{2,200} ?Traceback \(most recent call last\)")
BOX_FRAME = re.compile(r"[│|] (?P<file>[^\s:][^:│]{0,500}):(?P<line>\d{1,9}) in (?P<function>[\w<>.]{1,200})")
BOX_CODE = re.compile(r"[│|] ❱ +\d{1,9} (?P<code>.{0,400}?)\s*[│|]?\s*\Z")

LOGURU_VALUE = re.compile(r"\s*[│└├]")
"""A line of loguru's or better_exceptions' drawing of values: never read."""


def names_exception(name: str) -> bool:
    """Whether a dotted name is an exception's by its look: SomethingError, or qualified with a capital at its end."""
    return bool(_NAMED.match(name) or _QUALIFIED.match(name))


def phrase(text: str) -> bool:
    """Whether a line says how an exception led to the next."""
    return CAUSE in text or CONTEXT in text


def is_frame(text: str) -> bool:
    """Whether a line names a frame."""
    return 'File "' in text and FRAME.match(text) is not None

"""Every error that parity raises on purpose, and the exit code that each one means.

    ParityError                 one line for a person; never an untrusted byte printed raw
    ├── UsageError          2   a word on the command line, or a configuration, that cannot be right
    │   ├── TargetError     2   a target's name is malformed: refused before any process starts
    │   └── OutputError     2   the result could not be written
    ├── InvalidProfile      2   a profile that breaks a rule of the format
    └── Incomplete          3   something that had to be looked at could not be
        └── Unreachable     3   the target itself could not be reached

Exit codes, in the order in which they win: 4 internal error, 2, 3, 1 drift, 0 parity shown.
130, 141 and 143 tell of a signal.
"""

from __future__ import annotations

from typing import ClassVar


class ParityError(Exception):
    """A fault that parity knows. `str()` of it is the one line to show; `hint` says what to do next."""

    exit_code: ClassVar[int] = 4

    def __init__(self, message: str, hint: str | None = None) -> None:
        super().__init__(message)
        self.hint = hint


class UsageError(ParityError):
    """The command line or the configuration cannot be right."""

    exit_code = 2


class TargetError(UsageError):
    """A target's name is malformed. Raised before any process starts."""


class OutputError(UsageError):
    """The result could not be written where it was asked for."""


class InvalidProfile(ParityError):
    """A profile breaks a rule of the format; the message names the rule and the JSON pointer."""

    exit_code = 2


class Incomplete(ParityError):
    """Something that had to be looked at could not be."""

    exit_code = 3


class Unreachable(Incomplete):
    """The target itself could not be reached."""

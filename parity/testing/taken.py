"""The two sides of a test run's comparison: the interpreter that runs the tests, and production."""

from __future__ import annotations

import sys
from pathlib import Path
from urllib.parse import quote

from parity.testing.parity import Parity


class Quiet:
    """Progress that says nothing while tests run, and keeps what a person must read."""

    def __init__(self) -> None:
        self.warnings: list[str] = []

    def __call__(self, words: str) -> None:
        """Nobody watches."""

    def warn(self, sentence: str) -> None:
        """Keep it for the end."""
        self.warnings.append(sentence)


def checked(production: str) -> None:
    """Raise ParityError where the word can name no target, or a file that it names holds no profile."""
    from parity.snapshot.request import Request
    from parity.targets import open_target

    target, request = open_target(production, Request())
    if target.kind == "file":
        target.profile(request, Quiet())


def taken(production: str, root: Path, progress: Quiet) -> Parity:
    """The comparison with production, beside the repository that the tests are of. Raises ParityError."""
    from parity.cli._declared import Place
    from parity.cli._declared import taken as sides
    from parity.diff import compare
    from parity.policy import judge
    from parity.snapshot.repository import around
    from parity.snapshot.request import Request

    here = f"local?python={quote(sys.executable, safe='/')}"
    (local, there), declared, _ = sides(here, production, Request(), progress, Place(around(root)))
    comparison = compare(local, there)
    return Parity(local, there, comparison, judge(comparison, local, there, declared), declared)

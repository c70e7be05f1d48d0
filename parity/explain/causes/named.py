"""A thing whose own name stands in what fails, where no other mechanism reads the sentence.

Programs say what they miss in words of their own. A name that is long or shaped enough to be no word of a sentence
(`shop_export`, `libfoo.so.3`, `psycopg-pool`) is evidence wherever it stands; the shorter and plainer, the less.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from parity.diff.model import Difference, Kind
from parity.explain.case import Case
from parity.explain.causes._words import candidate, said
from parity.explain.model import Candidate

TITLE = "The log names it"
CATEGORY = "environment"
NEEDS = ("packages", "environment", "libraries", "executables", "database")

_BY_KIND = {Kind.MISSING: 0.6, Kind.CHANGED: 0.4, Kind.EXTRA: 0.4}
_BESIDE = 0.6
"""Of a likelihood, where the name stands in the lines around the failure and not in it."""
_SHAPED = re.compile(r"[-_.0-9]")
_LEAST = 4


def weigh(case: Case) -> Iterator[Candidate]:
    """Every difference whose name is a whole word of the failure, or of the lines that fail."""
    if case.failure is None:
        return
    told = "\n".join([case.failure.message, *(one.message for one in case.failure.chain)])
    innermost = [raised.frames[-1].code for raised in case.failure.chain if raised.frames]
    near = "\n".join([told, *innermost])
    beside = "\n".join(line.text for line in case.failure.around)
    for section in ("environment", "packages", "libraries", "executables", "database"):
        for difference in case.differences(section):
            name = _name(difference)
            if name is None:
                continue
            word = re.compile(
                rf"(?<![\w./-]){re.escape(name)}(?![\w-])", 0 if section == "environment" else re.IGNORECASE
            )
            weight = 1.0 if word.search(near) else _BESIDE if word.search(beside) else 0.0
            if weight:
                yield candidate(
                    __name__,
                    difference,
                    _BY_KIND[difference.kind] * weight,
                    said(case, name),
                    f"{difference.key} has nothing to do with the sentence that names it",
                    f"bring {difference.key} of local to production" if difference.kind is Kind.MISSING else "",
                )


def _name(difference: Difference) -> str | None:
    """The name to look for; None where it is too plain a word to be told from a sentence."""
    key = difference.key.rpartition("extensions.")[2] if difference.section == "database" else difference.key
    if "." in key and difference.section == "database":
        return None
    shaped = _SHAPED.search(key) is not None
    if len(key) < _LEAST or (not shaped and difference.section in ("executables", "database")):
        return None
    if difference.section == "environment":
        return key if shaped or len(key) > 2 * _LEAST else None
    return key if shaped or len(key) > _LEAST + 2 else None

"""`parity` without the rows of knowledge that name a distribution of a failure.

    python -m benchmarks.explaining.without_rows explain LOCAL PRODUCTION …

A row that speaks of a distribution may have been written after a failure of that distribution was seen. Without all of
those, what is left is what parity finds by the log, the differences and the source alone. A distribution of a failure
is every one that either side has installed, by its name and by what is imported of it; a row names it where its own
subject is that, or where any of its words or patterns holds the name as a word.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from parity.explain import knowledge

Row = dict[str, Any]

_UNNAMED = frozenset({"source", "version", "kind", "likelihood", "weight"})
"""Fields of a row that say nothing of whom it is about."""


_CLASS = re.compile(r"\\[A-Za-z]")


def installed(profiles: Iterable[Path]) -> frozenset[str]:
    """The names of every distribution of the profiles, and of what is imported of them, in lower case."""
    found: set[str] = set()
    for path in profiles:
        section = json.loads(path.read_text("utf-8"))["sections"].get("packages", {})
        for name, item in section.get("items", {}).items():
            held = item.get("provides", ()) if isinstance(item, dict) else ()
            found |= {name.lower(), name.lower().replace("-", "_"), *(one.lower().replace("/", ".") for one in held)}
    return frozenset(found)


def names_one(names: frozenset[str]) -> Callable[[Row], bool]:
    """Whether a row of parity/explain/data names one of these distributions."""
    if not names:
        return lambda row: False
    either = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    word = re.compile(rf"(?<![A-Za-z0-9])(?:{either})(?![A-Za-z0-9])", re.IGNORECASE)
    return lambda row: any(word.search(text) for text in _texts(row))


def _texts(row: Row) -> Iterator[str]:
    for field, value in row.items():
        if field not in _UNNAMED:
            # Patterns escape what the names hold, and have words of their own: "\bgoogle\.cloud".
            texts = value if isinstance(value, list) else [value]
            yield from (_CLASS.sub(" ", text).replace("\\", "") for text in texts)


def removed(names: frozenset[str]) -> int:
    """Take the rows out of this process's knowledge, before any is read; how many there are."""
    named, whole = names_one(names), knowledge._rows

    def rows(name: str) -> list[Row]:
        return [row for row in whole(name) if not named(row)]

    knowledge._rows = rows
    return sum(len(whole(name)) - len(rows(name)) for name in KINDS)


KINDS = ("packages", "postgresql", "python", "variables")
"""The files that are counted; each is read without its rows."""


def main(words: list[str]) -> None:
    """Run the command: the two profiles stand right after its name."""
    from parity.__main__ import run

    removed(installed(map(Path, words[1:3])))
    sys.exit(run(words))


if __name__ == "__main__":
    main(sys.argv[1:])

"""The child that parses: a question on standard input, a line of JSON for each file on standard output.

Run as `python -I -B .../parity/declared/source/__main__.py`. Started by path, so that nothing in the working
directory is imported; the asking process's own `sys.path` comes with the question.
"""

from __future__ import annotations

import gc
import json
import resource
import sys
import warnings
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from parity.declared.source.rows import Rows

MEMORY = 2 << 30
"""Bytes of address space."""
MAX_SOURCE = 4 << 20
"""Bytes of one file: a hundred thousand lines."""


def main() -> None:
    """Answer one question: {"path": [...], "root": directory, "names": [...], "first_party": [...]}."""
    # macOS knows the limit and refuses to have it set.
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, resource.getrlimit(resource.RLIMIT_AS)[1]))
    question = json.load(sys.stdin)
    sys.path[:] = question["path"]
    # What a parser has to say of an escape or a comparison is for whoever runs the file.
    warnings.simplefilter("ignore")
    # A tree holds no cycles: it goes as soon as nobody holds it, and looking for cycles costs a third of the time.
    gc.disable()
    root, first_party = Path(question["root"]), frozenset(question["first_party"])
    known: dict[str, str] = {}
    for name in question["names"]:
        sys.stdout.write(json.dumps(_rows(root, name, first_party, known), separators=(",", ":")) + "\n")
        sys.stdout.flush()


def _rows(root: Path, name: str, first_party: frozenset[str], known: dict[str, str]) -> Rows:
    from parity.declared.source.rows import Rows
    from parity.declared.walk import read
    from parity.probe.source.manifest import imprint

    try:
        text = read(root, name, MAX_SOURCE, known)
    except OSError as error:
        return Rows(fault=(error.strerror or "cannot be read").lower())
    seen = imprint(lambda offset, size: text[offset : offset + size])
    return _said(text, name, first_party)._replace(imprint=seen)


def _said(text: bytes, name: str, first_party: frozenset[str]) -> Rows:
    from parity.declared.source.rows import Rows
    from parity.declared.source.scan import scan

    version = f"{sys.version_info[0]}.{sys.version_info[1]}"
    if b"\0" in text:
        return Rows(fault="binary, no Python")
    try:
        return scan(text, name, first_party)
    except SyntaxError as error:
        return Rows(fault=f"not Python {version}" + (f" at line {error.lineno}" if error.lineno else ""))
    except (RecursionError, MemoryError):
        return Rows(fault="nested too deeply, or too large, to be read")
    except ValueError:
        return Rows(fault=f"not Python {version}")


if __name__ == "__main__":
    main()

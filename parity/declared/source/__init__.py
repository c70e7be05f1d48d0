"""What the Python source of a repository says, by its syntax trees.

    file ─ scan ─▶ Rows (what one file says by itself) ─ link ─▶ Facts (names followed through the repository)

scan.py goes over each tree once, in a child process (children.py): a hostile file can end a parser, and must not end
parity. What the scan needs of the field's libraries stands in tables: readers.py, pools.py, programs.py.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from parity.declared.facts import Facts
    from parity.declared.source.rows import Rows
    from parity.declared.walk import Walk


def read(files: Walk) -> Facts:
    """Everything that the repository's Python files say, and what of them could not be read."""
    return linked(files, scanned(files))


def scanned(files: Walk) -> Mapping[str, Rows]:
    """{Python file: what it says by itself}, and the imprint of its bytes."""
    # The child that scans is of this package too, and must start without the half that starts it.
    from parity.declared.source import children

    return children.scanned(files.root, [path for path in files.paths if path.endswith(".py")])


def linked(files: Walk, rows: Mapping[str, Rows]) -> Facts:
    """The facts of what each file says by itself."""
    from parity.declared.source import extensions
    from parity.declared.source.link import link

    found = link(rows, files.paths, files.ignored, files.faults)
    return replace(found, extensions=(*found.extensions, *extensions.read(files)))

"""What a file of Python is expected to say, written on its own lines: `os.environ["X"]  #= required X`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from parity.declared.facts import Facts, Place

_EXPECTED = re.compile(r"#= (.+?)\s*$")


def expected(text: bytes, file: str) -> set[tuple[Place, str]]:
    """Every statement of the comments, with its place."""
    found = set()
    for number, line in enumerate(text.decode("latin-1").splitlines(), 1):
        match = _EXPECTED.search(line)
        for words in match[1].split(", ") if match else ():
            found.add((Place(file, number), words))
    return found


def said(facts: Facts) -> Iterator[tuple[Place, str]]:
    """Facts in the words of the comments."""
    for read in facts.read_names:
        kind = "required" if read.required else "default" if read.default else "none"
        yield read.at, f"{'dev ' * read.dev}{kind} {read.name}"
    for computed in facts.computed_reads:
        yield computed.at, f"computed {computed.pattern}"
    for one in facts.imports:
        yield one.at, f"{'dev ' * one.dev}{'optional' if one.optional else 'import'} {one.module}"
    for program in facts.programs:
        yield program.at, f"{'dev ' * program.dev}program {program.name}"
    for pool in facts.pool_settings:
        yield pool.at, f"pool {pool.name} {pool.value}"
    for ignored in facts.ignored_imports:
        yield ignored.at, f"ignored {ignored.path}"
    for head in facts.migration_heads:
        yield head.at, f"head {head.tool} {head.name}"


def tree(root: Path) -> dict[str, bytes]:
    """{path from the root: bytes} of the files below it."""
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()}

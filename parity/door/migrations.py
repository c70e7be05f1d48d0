"""The migrations that a repository holds, read from its files: nothing of it is imported."""

from __future__ import annotations

from pathlib import Path

from parity.errors import Incomplete, UsageError
from parity.text import safe

_PLACES = frozenset({"migrations", "versions"})
"""Directories of migrations, as Alembic and Django name them."""


def held_by(root: Path) -> dict[str, tuple[str, ...]]:
    """{`migrations.TOOL` or `migrations.django.APP`: (revision with what it follows and stands for, ...)}.

    Raises UsageError where there is none: a door that asks for nothing stands open. Incomplete where a file that may
    hold one cannot be read.
    """
    from parity.declared import git, source
    from parity.declared.sections import database
    from parity.declared.walk import walk
    from parity.policy.migrations import KEY, strings

    try:
        checkout = git.read(root)
        ignored = checkout.ignored if checkout is not None and checkout.refused is None else None
        facts = source.read(walk(root, ignored))
    except OSError as error:
        raise UsageError(f"cannot read the repository {safe(root)}: {error.strerror}") from None
    items = database.of(facts).items
    found = {key: strings(item, "revisions") for key, item in items.items() if key.startswith(KEY)}
    for fault in facts.faults:
        if fault.hides and _PLACES.intersection(fault.sentence.partition(":")[0].split("/")):
            raise Incomplete(f"which migrations the repository holds could not be told: {safe(fault.sentence)}")
    if not found:
        raise UsageError(
            f"the policy asks for migrations, and there are none in {safe(root)}",
            hint="name the repository with --declared, or make the script where it is: parity require --emit",
        )
    return found

"""Migrations that production's database has not had."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from shlex import join

from parity.fix.context import Context
from parity.fix.deployment import there
from parity.fix.model import Command, Remedy, Where
from parity.policy.model import Finding

TITLE = "a migration that was not applied"

_APPLY = {
    "alembic": ("alembic", "upgrade", "heads"),
    "django": ("manage.py", "migrate", "--no-input"),
    "flyway": ("flyway", "migrate"),
    "yoyo": ("yoyo", "apply", "--batch"),
}
_LOOK = {
    "alembic": ("alembic", "current", "--verbose"),
    "django": ("manage.py", "showmigrations", "--plan"),
    "flyway": ("flyway", "info"),
    "yoyo": ("yoyo", "list"),
}


def remedy(finding: Finding, context: Context) -> Iterator[Remedy]:
    """Apply what is pending, with the tool of the chain."""
    section, _, rest = finding.key.partition(".")
    tool = rest.partition(".")[0]
    if finding.section != "database" or section != "migrations" or tool not in _APPLY:
        return
    side = context.side(finding)
    where: Where = "local" if side == "local" else "production"
    manage = next(
        (path for path in sorted(context.repository.texts) if posixpath.basename(path) == "manage.py"), "manage.py"
    )

    def command(words: tuple[str, ...], tells: str) -> Command:
        python = "python" if side == "local" else context.place.python
        full = (python, manage if side == "local" else "manage.py", *words[1:]) if words[0] == "manage.py" else words
        if side == "local":
            return Command(" ".join(full), tells, where)
        return Command(context.place.run(*full) if context.place.inside else there(context, join(full)), tells, where)

    note = "take a dump first, and apply them before the release that needs them serves"
    if finding.id == "database.migrations-unknown":
        note = (
            "production has had migrations that this source lacks: deploy the source that has them, or merge its chain"
        )
    commands = (command(_LOOK[tool], "which are pending"), command(_APPLY[tool], "applies them"))
    yield Remedy(f"apply the migrations of {tool} in {side}'s database", side, commands, notes=(note,))

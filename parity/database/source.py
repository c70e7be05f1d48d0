"""Which variable holds the DSN of a target. Its name alone is ever given or shown."""

from __future__ import annotations

import re
from collections.abc import Mapping

from parity.errors import UsageError
from parity.profile import Section, Status

DEFAULT_NAME = "DATABASE_URL"
"""Where this machine's own DSN is looked for when no variable is named."""

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_DOTENV_LIMIT = 1 << 20


def check(variable: str | None, through: str | None) -> None:
    """Refuse a variable's name, or a way, that no database can be asked by. Raises UsageError."""
    _check_name(variable)
    if through not in (None, "target"):
        raise UsageError(
            "--database-through takes: target",
            hint="without it this process asks the database, by the variable that --database-url-env names",
        )


def _check_name(name: str | None) -> None:
    """Refuse what cannot be a variable's name: a DSN, most likely. Raises UsageError without echo."""
    if name is not None and not _NAME.fullmatch(name):
        raise UsageError(
            "--database-url-env takes the name of a variable, never the DSN itself (what was given is not shown)",
            hint="put the DSN into a variable and name that: --database-url-env PROD_DATABASE_URL",
        )


def dsn_text(
    name: str | None, files: tuple[str, ...], *, of_this_machine: bool, environ: Mapping[str, str]
) -> str | Section:
    """The text that the target's variable `name` holds, or the section that says why there is none.

    A variable that was named must hold something: UsageError otherwise. `files`: dotenv files, which are this
    machine's and tell nothing of another.
    """
    _check_name(name)
    if name is None and not of_this_machine:
        return Section(Status.SKIPPED, "not asked for: --database-url-env NAME names the variable that holds its DSN")
    wanted = name or DEFAULT_NAME
    refused = False
    text = environ.get(wanted)
    if text is None and of_this_machine:
        text, refused = _from_files(wanted, files, environ)
    if text:
        return text
    if name is not None:
        raise UsageError(
            f"{name}, which --database-url-env names, is not set, or empty",
            hint="it is looked up in the environment of parity, for this machine also in the --env-file files",
        )
    if refused:
        return Section(Status.UNAVAILABLE, f"no {wanted} in the environment, and a dotenv file could not be read")
    return Section(Status.ABSENT, f"no {wanted} in the environment or a dotenv file")


def _from_files(name: str, paths: tuple[str, ...], environ: Mapping[str, str]) -> tuple[str | None, bool]:
    """(the value in the last of the files that has one, whether a file could not be read)."""
    if not paths:
        return None, False
    from parity.database import dotenv
    from parity.probe.kit import View

    text, refused = None, False
    for path in paths:
        try:
            content: bytes = View().read(path, _DOTENV_LIMIT, follow=True)
        except OSError:
            refused = True
            continue
        text = dotenv.values(content.decode("utf-8", "replace"), environ).get(name, text)
    return text, refused

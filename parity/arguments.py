"""What may not stand on a command line: every user of a machine can read the arguments of every process."""

from __future__ import annotations

from collections.abc import Sequence

from parity.errors import UsageError

_CREDENTIALS = r"(?i)\bpostgres(ql)?(\+\w+)?://|\bpassword\s*=|://[^/?#@\s]*:[^?#\s]*@(?!sha\d+:)"
"""A DSN as a URL or as pairs, and any other URL with a password in front of its host."""


def refuse_credentials(arguments: Sequence[str]) -> None:
    """Raise UsageError where an argument holds a DSN or a URL's password. It is not shown again."""
    if not any("://" in word or "=" in word for word in arguments):
        return
    import re

    if any(re.search(_CREDENTIALS, word) for word in arguments):
        raise UsageError(
            "an argument holds a DSN or a password (it is not shown): others can read the arguments of a process",
            hint="put it into a variable and name that: --database-url-env PROD_DATABASE_URL",
        )

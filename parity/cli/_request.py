"""The options that ask for a snapshot, shared by every command that takes a target.

`takes_request` puts them in front of a command's own parameters and hands the command one `Request`.
"""

from __future__ import annotations

import math
from datetime import datetime, timezone
from typing import Annotated, Any

import typer

from parity.cli._options import in_place_of
from parity.errors import UsageError
from parity.snapshot.key import Key
from parity.snapshot.question import DEFAULT_TIMEOUT
from parity.snapshot.request import Request
from parity.text import safe

_PANEL = "What is looked at"


def _option(name: str, text: str, **settings: Any) -> Any:
    return typer.Option(name, help=text, rich_help_panel=_PANEL, **settings)


def complete_section(incomplete: str) -> list[str]:
    """The sections whose names begin so, for a shell's completion."""
    from parity import sections

    return [name for name in sections.names() if name.startswith(incomplete)]


def _options(
    section: Annotated[
        list[str],
        _option("--section", "Only this section (repeatable).", metavar="NAME", autocompletion=complete_section),
    ] = [],
    skip: Annotated[
        list[str],
        _option("--skip", "All but this section (repeatable).", metavar="NAME", autocompletion=complete_section),
    ] = [],
    timeout: Annotated[
        float,
        _option("--timeout", "Seconds for the whole snapshot.", metavar="S", min=1, max=3600, envvar="PARITY_TIMEOUT"),
    ] = DEFAULT_TIMEOUT,
    name: Annotated[str | None, _option("--name", "The name of the profile.", metavar="NAME")] = None,
    python: Annotated[str | None, _option("--python", "The interpreter to describe.", metavar="PATH")] = None,
    path: Annotated[list[str], _option("--path", "A path whose ownership matters (repeatable).", metavar="DIR")] = [],
    env_file: Annotated[
        list[str], _option("--env-file", "A dotenv file whose names are added (repeatable).", metavar="FILE")
    ] = [],
    source: Annotated[
        str | None,
        _option("--source", "The directory of the program's code, from its working directory.", metavar="DIR"),
    ] = None,
    executable: Annotated[
        list[str], _option("--executable", "A program whose version matters (repeatable).", metavar="NAME")
    ] = [],
    database_url_env: Annotated[
        str | None,
        _option(
            "--database-url-env",
            "The variable that holds the target's DSN: of this process, or of the target's that asks by itself.",
            envvar="PARITY_DATABASE_URL_ENV",
            metavar="NAME",
        ),
    ] = None,
    database_through: Annotated[
        str | None,
        _option(
            "--database-through",
            "Ask the database from inside the target, by the program's own driver and DSN: target.",
            metavar="target",
            autocompletion=lambda: ["target"],
        ),
    ] = None,
    fingerprint_key_file: Annotated[
        str | None,
        _option(
            "--fingerprint-key-file",
            "A file of 16 to 4096 random bytes: fingerprints of values under this key tell which variables differ.",
            metavar="FILE",
        ),
    ] = None,
    shapes: Annotated[bool, _option("--shapes", "Record of each value its shape: url, integer, path ...")] = False,
    anonymize: Annotated[
        bool, _option("--anonymize", "Replace users, home paths and image names by stable ids.")
    ] = False,
    no_verify: Annotated[
        bool, _option("--no-verify", "Accept a profile whose integrity digest does not match.")
    ] = False,
    now: Annotated[str | None, _option("--now", "The time to record, RFC 3339.", metavar="TIME")] = None,
) -> Request:
    from parity import sections

    chosen, skipped = sections.chosen(section) if section else None, sections.chosen(skip)
    if skipped.issuperset(sections.names() if chosen is None else chosen):
        raise UsageError("--skip leaves no section to look at")
    if math.isnan(timeout):
        raise UsageError("--timeout: nan is no number of seconds")
    return Request(
        sections=chosen,
        skip=skipped,
        timeout=timeout,
        name=name,
        python=python,
        paths=tuple(path),
        env_files=tuple(env_file),
        source=source,
        executables=tuple(executable),
        database_url_env=database_url_env,
        database_through=database_through,
        key=None if fingerprint_key_file is None else _key(fingerprint_key_file),
        shapes=shapes,
        anonymize=anonymize,
        verify=not no_verify,
        now=_moment(now),
    )


takes_request = in_place_of("request", _options)
"""Give a command the options above in place of its parameter `request: Request`."""


def _key(path: str) -> Key:
    from parity.cli._progress import Shown
    from parity.snapshot.key import read

    return read(path, Shown().warn)


def _moment(text: str | None) -> datetime | None:
    if text is None:
        return None
    try:
        moment = datetime.fromisoformat(text.removesuffix("Z") + "+00:00" if text.endswith("Z") else text)
        return (moment if moment.tzinfo else moment.replace(tzinfo=timezone.utc)).astimezone(timezone.utc)
    except (ValueError, OverflowError):
        raise UsageError(f"--now: {safe(text)!r} is no time", hint="like 2026-03-01T12:00:00Z") from None

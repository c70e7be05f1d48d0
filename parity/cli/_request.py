"""The options that ask for a snapshot, shared by every command that takes a target.

`takes_request` puts them in front of a command's own parameters and hands the command one `Request`.
"""

from __future__ import annotations

import inspect
import math
from collections.abc import Callable
from datetime import datetime, timezone
from functools import wraps
from typing import Annotated, Any

import typer

from parity.errors import UsageError
from parity.snapshot.ask import DEFAULT_TIMEOUT
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
    database_url_env: Annotated[
        str | None,
        _option(
            "--database-url-env",
            "The variable of this process that holds the target's DSN.",
            envvar="PARITY_DATABASE_URL_ENV",
            metavar="NAME",
        ),
    ] = None,
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
        database_url_env=database_url_env,
        anonymize=anonymize,
        verify=not no_verify,
        now=_moment(now),
    )


def takes_request(command: Callable[..., int]) -> Callable[..., int]:
    """Give a command whose first parameter is `request: Request` the options above in its place."""
    own = list(inspect.signature(command, eval_str=True).parameters.values())
    shared = list(inspect.signature(_options, eval_str=True).parameters.values())
    names = {parameter.name for parameter in shared}

    @wraps(command)
    def run(**values: Any) -> int:
        request = _options(**{name: values.pop(name) for name in names})
        return command(request=request, **values)

    parameters = [parameter for parameter in own if parameter.name != "request"] + shared
    keyword = [parameter.replace(kind=inspect.Parameter.KEYWORD_ONLY) for parameter in parameters]
    run.__signature__ = inspect.Signature(keyword)  # type: ignore[attr-defined]
    run.__annotations__ = {parameter.name: parameter.annotation for parameter in keyword}
    return run


def _moment(text: str | None) -> datetime | None:
    if text is None:
        return None
    try:
        moment = datetime.fromisoformat(text.removesuffix("Z") + "+00:00" if text.endswith("Z") else text)
        return (moment if moment.tzinfo else moment.replace(tzinfo=timezone.utc)).astimezone(timezone.utc)
    except (ValueError, OverflowError):
        raise UsageError(f"--now: {safe(text)!r} is no time", hint="like 2026-03-01T12:00:00Z") from None

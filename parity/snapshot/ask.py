"""What a request asks of the probe."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from parity.snapshot.question import Ask, question

if TYPE_CHECKING:
    from parity.snapshot.request import Request


def ask(request: Request, **where: Any) -> Ask:
    """The question for what `request` wants; `where` is launcher, pid, root or container, and python."""
    chosen = None
    if request.sections is not None or request.skip:
        from parity import sections

        chosen = [name for name in sections.names() if request.wants(name)]
    return question(
        request.key,
        shapes=request.shapes or None,
        sections=chosen,
        timeout=request.timeout,
        paths=list(request.paths) or None,
        env_files=list(request.env_files) or None,
        source=request.source,
        executables=list(request.executables) or None,
        database=_database(request),
        **where,
    )


def _database(request: Request) -> dict[str, str | None] | None:
    if request.database_through is None:
        return None
    # Before anything is sent: what is no name may be a DSN.
    from parity.database.source import check

    check(request.database_url_env, request.database_through)
    return {"variable": request.database_url_env}

"""The types of the exceptions, and the software that ran the program where its frames show it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from parity.explain.facts import Told
from parity.explain.model import Fact, Failure

_SERVERS = re.compile(
    r"/(?:site|dist)-packages/(gunicorn|uvicorn|hypercorn|daphne|granian|waitress|celery|rq|dramatiq|huey|mod_wsgi"
    r"|airflow|dagster|prefect|streamlit|flask/cli|django/core/management)\b"
)


def read(failure: Failure) -> Iterator[Fact]:
    """`exception`, `server`."""
    for link, raised in enumerate(failure.chain):
        if raised.type:
            yield Told(raised.message, raised.at, link, raised.type).fact("exception", raised.type)
        for frame in raised.frames[:20]:
            found = _SERVERS.search(frame.file)
            if found:
                name = found[1].partition("/")[0]
                yield Fact("server", name, frame.at, link, f'File "{frame.file}"'[:200])
                break

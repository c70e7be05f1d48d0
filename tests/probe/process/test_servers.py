"""Numbers of workers, by the words and variables that servers are started with."""

from __future__ import annotations

import pytest

from parity.probe.process import servers
from parity.probe.process.proc import Process


@pytest.mark.parametrize(
    ("argv", "environ", "expected"),
    [
        ("python /app/.venv/bin/gunicorn -w 4 app:app", {}, 4),
        ("python /app/.venv/bin/gunicorn -w4 app:app", {}, 4),
        ("python /app/.venv/bin/gunicorn --workers=3 app:app", {"WEB_CONCURRENCY": "9"}, 3),
        ("python /app/.venv/bin/gunicorn app:app", {"GUNICORN_CMD_ARGS": "--bind :80 --workers 5"}, 5),
        ("python /app/.venv/bin/gunicorn app:app", {"WEB_CONCURRENCY": "2"}, 2),
        ("python /app/.venv/bin/gunicorn app:app", {"WEB_CONCURRENCY": "many"}, None),
        ("python -m uvicorn app:app --workers 6", {}, 6),
        ("/usr/bin/python3 -m gunicorn.app.wsgiapp -w 4", {}, None),
        ("uwsgi --http :80 -p 8", {}, 8),
        ("python /usr/bin/celery -A shop worker --concurrency=10", {}, 10),
        ("python server.py --workers 4", {}, None),
        ("python /app/.venv/bin/gunicorn -w sekret app:app", {}, None),
    ],
)
def test_workers(argv: str, environ: dict[str, str], expected: int | None) -> None:
    assert servers.workers(Process(1, environ, argv.split())) == expected


def test_a_master_that_renamed_itself_leaves_its_variables() -> None:
    process = Process(1, {"GUNICORN_CMD_ARGS": "-w 7"}, ["gunicorn: master [app:app]"])
    assert servers.known(process)
    assert servers.workers(process) == 7

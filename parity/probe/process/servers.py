"""How many worker processes a server was told to start, by the switches and variables of those that are known.

Only a number leaves this file. Sources: gunicorn's settings (`-w`, `--workers`; GUNICORN_CMD_ARGS, which the command
line goes before; WEB_CONCURRENCY for its default), uvicorn's and fastapi's `--workers` (WEB_CONCURRENCY), hypercorn's
`-w`, granian's `--workers`, uWSGI's `-p`, `--processes` and `--workers`, Celery's `-c` and `--concurrency`.

Floor: Python 3.8, standard library only.
"""

import os
import re

from parity.probe.process import arguments

_NUMBER = re.compile(r"[0-9]{1,4}\Z")
_SERVERS = {
    "gunicorn": (("-w", "--workers"), "WEB_CONCURRENCY"),
    "uvicorn": (("--workers",), "WEB_CONCURRENCY"),
    "fastapi": (("--workers",), "WEB_CONCURRENCY"),
    "hypercorn": (("-w", "--workers"), None),
    "granian": (("--workers",), "GRANIAN_WORKERS"),
    "uwsgi": (("-p", "--processes", "--workers"), None),
    "celery": (("-c", "--concurrency"), None),
}
_TITLE = re.compile(r"(gunicorn|uvicorn): ")


def workers(process):
    """The number that is set, None where none is or the server is not known."""
    name, words = _server(process)
    if name not in _SERVERS:
        return None
    switches, variable = _SERVERS[name]
    found = _number(words, switches)
    if found is None and name == "gunicorn":
        found = _number((process.variable("GUNICORN_CMD_ARGS") or "").split(), switches)
    if found is None and variable:
        text = process.variable(variable) or ""
        found = int(text) if _NUMBER.match(text) else None
    return found


def known(process):
    """Whether it is a server of which a number of workers could be told."""
    return _server(process)[0] in _SERVERS


def _server(process):
    """(name of the server, the words that it was started with)."""
    argv = process.argv
    if not argv:
        return None, []
    command = arguments.command(process)
    title = _TITLE.match(argv[0])
    if title:
        return title.group(1), []
    if command.runs == "script":
        return os.path.basename(command.script), argv[argv.index(command.script) + 1 :]
    if command.runs == "m":
        return command.module, argv
    return os.path.basename(argv[0]), argv[1:]


def _number(words, switches):
    """The last number that follows one of the switches, apart or joined to it."""
    found = None
    for place, word in enumerate(words):
        for switch in switches:
            after = words[place + 1] if word == switch and place + 1 < len(words) else None
            if after is None and word.startswith(switch + "="):
                after = word[len(switch) + 1 :]
            if after is None and len(switch) == 2 and word.startswith(switch):
                after = word[2:]
            if after is not None and _NUMBER.match(after):
                found = int(after)
    return found

"""The look from inside the target: with the program's own DSN, by the driver that the program has.

The DSN is in a variable of the process that serves. It is read here and goes over a pipe to a child, which runs
`-I -S` on the same interpreter, as the user that the process runs as: of all that is installed there only the driver
and what it cannot do without can be imported (parity/probe/postgres/child.py). Neither an argument nor a
variable of the child's holds the DSN.

Floor: Python 3.8, standard library only.
"""

import json
import os
import re
import sys
import time

from parity.probe.kit import Absent, Section, Unavailable
from parity.probe.postgres.child import REFUSED

DEFAULT_NAME = "DATABASE_URL"

OWN = {
    "psycopg": ("psycopg", "psycopg_binary", "psycopg_c", "typing_extensions", "backports"),
    "psycopg2": ("psycopg2",),
    "asyncpg": ("asyncpg", "async_timeout", "typing_extensions"),
    "pg8000": ("pg8000", "scramp", "asn1crypto", "dateutil", "six"),
}
"""{driver: the top-level modules that it is made of, and those that it cannot do without}, the likeliest first."""

_SHARE = 1 / 3
_RESERVE = 1.5
"""Seconds of the section's time that are kept for starting the child, and for its answer."""

_ANSWER_LIMIT = 8 << 20
_PASSED_ON = frozenset(["HOME", "LD_LIBRARY_PATH", "KRB5_CONFIG", "KRB5CCNAME", "SSL_CERT_FILE", "SSL_CERT_DIR"])
_OF_THE_SESSION = frozenset(["PGTZ", "PGDATESTYLE", "PGCLIENTENCODING", "PGGEQO", "PGAPPNAME", "PGOPTIONS"])
"""Variables by which libpq would change the very settings that are read."""


def collect(view):
    """The section, as a child answers it. Raises Absent without a DSN, Unavailable where nobody can ask."""
    name = (view.options.get("database") or {}).get("variable") or DEFAULT_NAME
    process = view.process
    if not view.live:
        raise Unavailable("the database is asked from inside a process that runs, and none does here")
    if process.environ is None:
        raise Unavailable("the environment of the process that serves, where its DSN is, could not be read")
    text = process.environ.get(name)
    if not text:
        raise Absent("no %s in the environment of the process" % name)
    dsn = parsed(name, text)
    interpreter = view.required_interpreter()
    path = [entry for entry in interpreter.path if interpreter.origins.get(entry) != "program"]
    timeout = float(view.options.get("timeout") or 30.0)
    seconds = max(1.0, min(timeout * _SHARE, view.deadline - time.monotonic()) - _RESERVE)
    return asked(view, dsn, path, kept(process.environ, text), _user(process), seconds)


def asked(view, dsn, path, environ, user, seconds):
    """The section, as a child answers it within `seconds`, for `dsn`, with a driver that stands on `path`.

    environ  what the child's holds (`kept`); user: [uid, gid, groups] that it becomes, or None
    """
    drivers = _drivers(view, path, dsn.driver)
    if not drivers:
        raise Unavailable("no driver: the program has none of " + ", ".join(OWN))
    question = {
        "user": user,
        "drivers": drivers,
        "path": path,
        "parameters": dsn.parameters,
        "until": time.monotonic() + seconds,
    }
    return _section(_answer(question, environ, seconds))


def parsed(name, text):
    """The Dsn in the variable `name`. Raises Unavailable where it holds none."""
    from parity.probe.postgres import dsn

    try:
        return dsn.parse(text)
    except (dsn.InvalidDsn, dsn.NotPostgres) as error:
        problem = "%s: %s" % (name, error)
    raise Unavailable(problem)


def _drivers(view, path, named):
    """{driver: its modules} of those that stand on the path, the one that the DSN names first."""
    found = [name for name in OWN if any(view.exists(os.path.join(entry, name, "__init__.py")) for entry in path)]
    # SQLAlchemy calls psycopg2's asynchronous successor psycopg_async.
    found.sort(key=lambda name: name != named.replace("_async", ""))
    return [[name, list(OWN[name])] for name in found]


def kept(environ, text):
    """Of an environment where libpq finds its files and defaults, and English messages; never the DSN itself."""
    passed = {
        name: value
        for name, value in environ.items()
        if (name in _PASSED_ON or name.startswith("PG")) and name not in _OF_THE_SESSION and value != text
    }
    return dict(passed, LC_ALL="C")


def _answer(question, environ, seconds):
    """The child's answer, raw. Raises Unavailable when it gives none."""
    from parity.probe import outside

    argv = [sys.executable, "-I", "-S", "-B", "-"]
    try:
        ended = outside.run(argv, environ, seconds + _RESERVE / 2, _ANSWER_LIMIT, _script(question))
    except OSError:
        raise Unavailable("the process that asks the database could not be started")
    if ended.late:
        raise Unavailable("timeout: the server did not answer in time")
    if ended.code == REFUSED:
        raise Unavailable("the database can be asked as the user of the program alone, and parity may not become that")
    if ended.code != 0:
        raise Unavailable("the process that asks the database died")
    return ended.out


def _user(process):
    """[uid, gid, groups] that the child must run as, None for this very user's: a driver that is the program's own is
    not to be run with more rights than the program has."""
    return None if process.uid in (None, os.geteuid()) else [process.uid, process.gid, process.groups]


def _script(question):
    """The child's program with its question in it, for standard input."""
    modules = {
        name: _source(name) for name in sorted(sys.modules) if re.match(r"parity\.probe\.(kit|postgres\.)", name)
    }
    for name in _NEEDED:
        modules.setdefault(name, _source(name))
    text = "MODULES = %r\nQUESTION = %r\nexec(compile(MODULES[%r], %r, 'exec'))\n"
    return (text % (modules, json.dumps(question), _CHILD, _CHILD)).encode("ascii")


_CHILD = "parity.probe.postgres.child"
_PARTS = "access child dsn extensions faults look migrations rights server session settings tls"
_NEEDED = tuple(
    ["parity.probe.kit"]
    + ["parity.probe.postgres." + part for part in _PARTS.split()]
    + ["parity.probe.postgres.by_" + name for name in OWN]
)


def _source(name):
    """The text of a module of the probe, out of the bundle or out of its file."""
    for finder in sys.meta_path:
        if name in getattr(finder, "modules", ()):
            return finder.modules[name]
    directory = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    path = os.path.join(directory, *name.split(".")[2:]) + ".py"
    with open(path, encoding="ascii") as stream:
        return stream.read()


def _section(out):
    try:
        told = json.loads(out.decode("ascii"))
        section = Section()
        for field in ("items", "volatile", "notes", "hidden"):
            setattr(section, field, told[field])
        status, reason = told["status"], told["reason"]
    except (ValueError, LookupError, TypeError):
        raise Unavailable("the process that asks the database gave no answer")
    if status == "unavailable":
        raise Unavailable(reason)
    section.reasons = [reason] if reason else []
    return section

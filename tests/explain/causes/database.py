"""Examples of `database`."""

from __future__ import annotations

from tests.explain.cases import trace
from tests.explain.causes.examples import FITS, NAMED, SHOWN, Example


def refused(kind: str, message: str) -> str:
    """What a driver raises."""
    return trace(
        f"psycopg.errors.{kind}: {message}", "app.py:3 f: c.execute(q)", "~psycopg/cursor.py:97 execute: raise ex"
    )


SLASHED = {"app.py": "import psycopg\n\nQ = r\"select a where b ~ '\\d'\"\ndef f(c):\n    return c.fetchone()[0]\n"}
SORTED = {"app.py": "import psycopg\n\n\ndef f(c):\n    return checked(c)\n"}
VECTOR = {"extensions": {"schema": "public", "version": "0.7"}}

EXAMPLES = [
    Example(
        "a setting by name",
        refused("ObjectNotInPrerequisiteState", "logical decoding requires wal_level >= logical"),
        {"database.wal_level": "logical", "database.jit": True},
        {"database.wal_level": "replica", "database.jit": False},
        {"database.wal_level": NAMED},
    ),
    Example(
        "a limit of the role",
        refused("TooManyConnections", 'FATAL:  too many connections for role "shop"'),
        {"database.connection_limit.role": -1},
        {"database.connection_limit.role": 5},
        {"database.connection_limit.role": NAMED},
    ),
    Example(
        "a timeout",
        refused("QueryCanceled", "canceling statement due to statement timeout"),
        {"database.statement_timeout": "0ms", "database.lock_timeout": "0ms"},
        {"database.statement_timeout": "500ms", "database.lock_timeout": "10ms"},
        {"database.statement_timeout": NAMED},
    ),
    Example(
        "a type of an extension that is not there",
        refused("UndefinedObject", 'type "vector" does not exist'),
        {"database.extensions.vector": VECTOR["extensions"], "database.extensions.plpgsql": VECTOR["extensions"]},
        {"database.extensions.plpgsql": VECTOR["extensions"]},
        {"database.extensions.vector": NAMED},
    ),
    Example(
        "a right",
        refused("InsufficientPrivilege", "permission denied to create database"),
        {"database.privileges.create_database": True, "database.privileges.superuser": True},
        {"database.privileges.create_database": False, "database.privileges.superuser": False},
        {"database.privileges.create_database": NAMED, "database.privileges.superuser": FITS},
    ),
    Example(
        "a replica",
        refused("ReadOnlySqlTransaction", "cannot execute INSERT in a read-only transaction"),
        {"database.replica": False},
        {"database.replica": True},
        {"database.replica": NAMED},
    ),
    Example(
        "an order that the program checks",
        trace("ValueError: rows are not sorted", "app.py:5 f: return checked(c)"),
        {"database.collate": "C", "database.work_mem": "4096kB"},
        {"database.collate": "en_US.UTF-8", "database.work_mem": "1024kB"},
        {"database.collate": FITS},
        SORTED,
    ),
    Example(
        "an encoding",
        refused(
            "UntranslatableCharacter",
            'character with byte sequence 0xe2 0x82 0xac in encoding "UTF8" has no equivalent in encoding "LATIN1"',
        ),
        {"database.encoding": "UTF8"},
        {"database.encoding": "LATIN1"},
        {"database.encoding": NAMED},
    ),
    Example(
        "a program that asks no database",
        trace("ValueError: rows are not sorted", "app.py:5 f: return checked(c)"),
        {"database.collate": "C"},
        {"database.collate": "en_US.UTF-8"},
    ),
    Example(
        "a row is there twice",
        refused("UniqueViolation", "duplicate key value violates unique constraint"),
        {"database.statement_timeout": "0ms", "database.encoding": "UTF8"},
        {"database.statement_timeout": "500ms", "database.encoding": "LATIN1"},
    ),
    Example(
        "a statement with a backslash in a literal, that gives nothing",
        trace("TypeError: 'NoneType' object is not subscriptable", "app.py:5 f: return cursor.fetchone()[0]"),
        {"database.standard_conforming_strings": True},
        {"database.standard_conforming_strings": False},
        {"database.standard_conforming_strings": SHOWN},
        SLASHED,
    ),
]

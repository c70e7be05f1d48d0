"""A secret in every place of a server that shows itself to queries: none of it in the section, whoever asks."""

from __future__ import annotations

import subprocess
import sys

import psycopg
import pytest

from parity.probe.postgres.settings import SETTINGS
from parity.profile import Status
from tests.canary import Canary
from tests.database.conftest import Look, text_of
from tests.database.servers import Running

pytestmark = pytest.mark.postgres

PLANTED = {
    "archive_command",
    "cluster_name",
    "parity_test.key",
    "parity_test.other",
    "parity_test.token",
    "primary_conninfo",
    "restore_command",
    "ssl_passphrase_command",
}


def test_the_server_does_show_them(server: Running, canary: Canary) -> None:
    """Else the tests below would find nothing because there is nothing."""
    with psycopg.connect(server.url("monitor", canary.word, "app")) as monitor:
        assert shown_to(monitor, canary) == PLANTED
    with psycopg.connect(server.url("app", canary.word, "app")) as plain:
        assert plain.execute("SELECT current_setting('archive_command')").fetchone() == (
            f"PASSWORD={canary.word} true",
        )
    assert not PLANTED & set(SETTINGS)


def shown_to(connection: psycopg.Connection[tuple[object, ...]], canary: Canary) -> set[str]:
    """The settings in which a role finds the secret: those of the view, and custom ones by their name."""
    names = {str(name) for (name,) in connection.execute("SELECT name FROM pg_settings")} | PLANTED
    found = {name: connection.execute("SELECT current_setting(%s, true)", [name]).fetchone() for name in sorted(names)}
    return {name for name, row in found.items() if row and canary.word in str(row[0])}


@pytest.mark.parametrize("role", ["app", "monitor"])
def test_roles_with_a_password(server: Running, look: Look, canary: Canary, role: str) -> None:
    section = look(server.url(role, canary.word, "app"))
    assert section.status in (Status.OK, Status.PARTIAL)
    assert len(section.items) > 80
    canary.assert_clean(text_of(section), repr(section))


def test_superuser(server: Running, look: Look, canary: Canary) -> None:
    section = look(server.url())
    assert section.status is Status.OK
    canary.assert_clean(text_of(section), repr(section))


def test_setting_of_the_list_that_holds_what_it_should_not(server: Running, look: Look, canary: Canary) -> None:
    """An allowed name does not make its text a fact: it has to have the form of one."""
    odd = f"{canary.word} = secret; (it)"
    with psycopg.connect(server.url(), autocommit=True) as admin:
        admin.execute(f"ALTER ROLE monitor SET search_path = '{odd}'".encode())
        try:
            section = look(server.url("monitor", canary.word, "app"))
        finally:
            admin.execute("ALTER ROLE monitor RESET search_path")
    assert section.status is Status.PARTIAL
    assert section.hidden == ("schemas.*", "search_path", "ssl_required")
    canary.assert_clean(text_of(section))


def test_no_name_of_a_place_or_person(server: Running, look: Look, canary: Canary) -> None:
    text = text_of(look(server.url("monitor", canary.word, "app")))
    for name in (str(server.port), str(server.place), "127.0.0.1", '"monitor"', '"app"'):
        assert name not in text


def test_faults(server: Running, look: Look, canary: Canary) -> None:
    wrong = canary.word + "x"
    for dsn in (
        server.url("app", wrong, "app"),
        server.url(canary.word, wrong, "app"),
        server.url("app", canary.word, canary.word),
        server.url("postgres", "", canary.word),
        f"postgresql://app:{canary.word}@{canary.word}.invalid/app",
        f"host=/{canary.word} password={canary.word}",
        f"service={canary.word}",
        f"host=127.0.0.1 sslmode=verify-full sslrootcert=/{canary.word} port={server.port} user=app",
        server.url("app", canary.word, "app", f"?options=-c%20{canary.word}%3D1"),
        server.url("app", canary.word, "app", f"?sslmode={canary.word}"),
    ):
        section = look(dsn)
        assert section.status is Status.UNAVAILABLE
        assert section.reason
        canary.assert_clean(text_of(section), repr(section))


def test_whole_process_at_its_most_talkative(server: Running, canary: Canary) -> None:
    """Everything a process prints that reads the section with every logger open, and warnings shown."""
    program = (
        "import logging, time; logging.basicConfig(level=1)\n"
        "from parity.database import read_database; from parity.snapshot.request import Request\n"
        "print(read_database(Request(), of_this_machine=True, deadline=time.monotonic() + 15))\n"
    )
    for dsn in (server.url("app", canary.word, "app"), server.url("app", canary.word + "x", "app")):
        done = subprocess.run(
            [sys.executable, "-W", "default", "-X", "dev", "-c", program],
            env={"DATABASE_URL": dsn},
            capture_output=True,
            check=True,
        )
        assert b"Section" in done.stdout
        canary.assert_clean(done.stdout, done.stderr)

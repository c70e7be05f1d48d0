"""What is a DSN, what is none, and that no word of either is shown."""

from __future__ import annotations

import traceback
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from psycopg import ProgrammingError
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from parity.probe.postgres.dsn import KEYWORDS, InvalidDsn, NotPostgres, parse
from tests.canary import Canary

LOCAL = {"user": "me", "password": "pw", "host": "db", "dbname": "app"}


@pytest.mark.parametrize(
    ("text", "parameters"),
    [
        ("postgresql://me:pw@db/app", LOCAL),
        ("postgres://me:pw@db/app", LOCAL),
        ("POSTGRES://me:pw@db/app", LOCAL),
        ("postgresql+psycopg2://me:pw@db/app", LOCAL),
        ("postgresql+asyncpg://me:pw@db/app", LOCAL),
        ("postgis://me:pw@db/app", LOCAL),
        ("postgresql://me:pw@db:5433/app", {**LOCAL, "port": "5433"}),
        ("postgresql://me:p%40%2Fw@db/app", {**LOCAL, "password": "p@/w"}),
        ("postgresql://me:p%C3%A9w@db/app", {**LOCAL, "password": "p\u00e9w"}),
        ("postgresql://me:p:w#$w@db/app", {**LOCAL, "password": "p:w#$w"}),
        ("postgresql://me@[::1]:5433/app", {"user": "me", "host": "::1", "port": "5433", "dbname": "app"}),
        ("postgresql://one:1,two:2/app", {"host": "one,two", "port": "1,2", "dbname": "app"}),
        ("postgresql://one,two:2/app", {"host": "one,two", "port": ",2", "dbname": "app"}),
        ("postgresql:///app?host=/var/run/postgresql", {"host": "/var/run/postgresql", "dbname": "app"}),
        ("postgresql://%2Fvar%2Frun/app", {"host": "/var/run", "dbname": "app"}),
        ("postgresql+psycopg2:///app?host=one:1&host=two:2", {"host": "one,two", "port": "1,2", "dbname": "app"}),
        ("postgresql://db/app?sslmode=verify-full", {"host": "db", "dbname": "app", "sslmode": "verify-full"}),
        ("postgresql+asyncpg://db/app?ssl=require", {"host": "db", "dbname": "app", "sslmode": "require"}),
        ("postgresql://db/app?ssl=true", {"host": "db", "dbname": "app", "sslmode": "require"}),
        ("postgresql://db/app?schema=public&connection_limit=5&pgbouncer=true", {"host": "db", "dbname": "app"}),
        ("postgresql://db/app?options=endpoint%3Dx", {"host": "db", "dbname": "app", "options": "endpoint=x"}),
        ("postgresql://db/app?application_name=web&connect_timeout=99", {"host": "db", "dbname": "app"}),
        ("postgresql://", {}),
        ("host=db user=me password=pw dbname=app", LOCAL),
        (r"host = 'db'  user=me password='p\'w \\' dbname=app", {**LOCAL, "password": "p'w \\"}),
        (r"host=db user=me password=p\ w dbname=app", {**LOCAL, "password": "p w"}),
        ("host=db password='' dbname=app", {"host": "db", "password": "", "dbname": "app"}),
        ("service=mine", {"service": "mine"}),
    ],
)
def test_read(text: str, parameters: dict[str, str]) -> None:
    assert parse(text).parameters == parameters


@pytest.mark.parametrize(
    "text",
    [
        "postgresql://me:CANARY%ZZ@db/app",
        "postgresql://me:CANARY%@db/app",
        "postgresql://me:CANARY%4@db/app",
        "postgresql://me:%00CANARY@db/app",
        "postgresql://me:%FFCANARY@db/app",
        "postgresql://me:pa@CANARY@db/app",
        "postgresql://me:pa/CANARY@db/app",
        "postgresql://me:pa?CANARY@db/app",
        "postgresql://me:12?a=CANARY@db/app",
        "postgresql://me:pw@db/CANARY@app",
        "postgresql://me:CANARY",
        "postgresql://me:CANARY@db:port/app",
        "postgresql://me:CANARY@db:99999/app",
        "postgresql://me:CANARY@db:0/app",
        "postgresql://me:CANARY@::1/app",
        "postgresql://me:CANARY@[::1/app",
        "postgresql://me:CANARY@db/app?nonsense",
        "postgresql://me:CANARY@db/app?a=b=c",
        "postgresql://me:CANARY@db/app\n",
        '"postgresql://me:CANARY@db/app"',
        "postgresql:me:CANARY@db/app",
        "me:CANARY@db/app",
        "jdbc:postgresql://db/app?user=me&password=CANARY",
        "CANARY",
        "host=db password=CANARY nonsense=1",
        "host=db password='CANARY",
        "host=db password='a'CANARY",
        "host=db password",
        "host=db port=CANARY",
        "   ",
        "",
    ],
)
def test_refused(text: str) -> None:
    canary = Canary()
    with pytest.raises(InvalidDsn) as refused:
        parse(text.replace("CANARY", canary.word))
    assert_silent(refused.value, canary)


@pytest.mark.parametrize(
    "text",
    ["mysql://me:CANARY@db/app", "sqlite:///CANARY.db", "sqlite:CANARY.db", "redis://:CANARY@db", "x+y://CANARY"],
)
def test_another_database(text: str) -> None:
    canary = Canary()
    with pytest.raises(NotPostgres) as refused:
        parse(text.replace("CANARY", canary.word))
    assert_silent(refused.value, canary)


def test_not_shown() -> None:
    canary = Canary()
    dsn = parse(f"postgresql://{canary.word}:{canary.word}@{canary.word}/{canary.word}")
    canary.assert_clean(repr(dsn), str(dsn), f"{dsn}")


def assert_silent(error: BaseException, canary: Canary) -> None:
    """Neither the error nor anything that it came from holds a part of the text."""
    assert error.__cause__ is None
    assert error.__context__ is None
    canary.assert_clean(str(error), repr(error), "".join(traceback.format_exception(error)))


NAMES = st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=12)
HOSTS = st.from_regex(r"[a-z][a-z0-9.-]{0,10}", fullmatch=True)


@given(user=NAMES, password=NAMES, hosts=st.lists(HOSTS, min_size=1, max_size=3), dbname=NAMES)
def test_url_as_libpq_reads_it(user: str, password: str, hosts: list[str], dbname: str) -> None:
    words = [quote(word, safe="") for word in (user, password, dbname)]
    url = f"postgresql://{words[0]}:{words[1]}@{','.join(hosts)}/{words[2]}"
    theirs = conninfo_to_dict(url)
    if not str(theirs.get("port", "")).strip(","):
        theirs.pop("port", None)
    assert parse(url).parameters == theirs


@given(user=NAMES, password=NAMES)
def test_pairs_as_libpq_reads_them(user: str, password: str) -> None:
    pairs = make_conninfo(user=user, password=password, host="db")
    if any(ord(character) < 32 or ord(character) == 127 for character in pairs):
        with pytest.raises(InvalidDsn):
            parse(pairs)
    else:
        assert parse(pairs).parameters == conninfo_to_dict(pairs)


@given(st.text(max_size=60) | st.from_regex(r"postgres://[a:@/?%&=\[\]1,]{0,30}", fullmatch=True))
def test_accepts_no_more_than_libpq(text: str) -> None:
    """What is accepted as it stands is accepted by libpq, and read alike."""
    try:
        parameters = dict(parse(text).parameters)
    except (InvalidDsn, NotPostgres):
        return
    try:
        theirs = conninfo_to_dict(text)
    except ProgrammingError:
        # A parameter of another driver, which libpq does not know.
        assert "?" in text
        return
    ours = {key: value for key, value in parameters.items() if value}
    assert ours == {key: value for key, value in theirs.items() if value and key in ours}


def test_every_parameter_of_this_libpq_is_known() -> None:
    from psycopg import pq

    known = {option.keyword.decode() for option in pq.Conninfo.get_defaults()}
    assert known - KEYWORDS <= {"authtype", "tty"}

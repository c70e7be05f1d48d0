"""The values in dotenv files, as the loaders of the field read them."""

from __future__ import annotations

import pytest

from parity.database.dotenv import values


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("URL=postgresql://db/app", "postgresql://db/app"),
        ("export URL=postgresql://db/app", "postgresql://db/app"),
        ("  URL = postgresql://db/app  ", "postgresql://db/app"),
        ("URL='postgresql://db/app'", "postgresql://db/app"),
        ('URL="postgresql://db/app" # the local one', "postgresql://db/app"),
        ("URL=postgresql://db/app # the local one", "postgresql://db/app"),
        ("URL=postgresql://me:p#w@db/app", "postgresql://me:p#w@db/app"),
        ("URL=first\nURL=second", "second"),
        ("# URL=commented\nURL=real", "real"),
        ("URL=real\r\nNEXT=1\r\n", "real"),
        ("\ufeffURL=real", "real"),
        ("OTHER='two\nURL=lines'\nURL=real", "real"),
        ("URL=", ""),
        ("URL=''", ""),
        ("PW=secret\nURL=postgresql://me:${PW}@db/app", "postgresql://me:secret@db/app"),
        ('PW=secret\nURL="postgresql://me:${PW}@db/app"', "postgresql://me:secret@db/app"),
        ("PW=secret\nURL='postgresql://me:${PW}@db/app'", "postgresql://me:${PW}@db/app"),
        ("URL=postgresql://${HOST}/${NAME:-app}", "postgresql://outside/app"),
        ("HOST=inside\nURL=postgresql://${HOST}/app", "postgresql://outside/app"),
        (r'URL="a\"b"', 'a"b'),
    ],
)
def test_value(text: str, value: str) -> None:
    assert values(text, {"HOST": "outside"})["URL"] == value


def test_a_bare_name_sets_nothing() -> None:
    assert values("URL\nOTHER=1\n", {}) == {"OTHER": "1"}

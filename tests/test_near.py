"""Slips of the pen in names, and names that only look like them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parity.near import near

NAMES = st.from_regex(r"[A-Z]{1,9}(_[A-Z0-9]{1,9}){0,3}", fullmatch=True)


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("SECRECT_KEY", "SECRET_KEY"),
        ("SECERT_KEY", "SECRET_KEY"),
        ("DATABSE_URL", "DATABASE_URL"),
        ("DATABASEURL", "DATABASE_URL"),
        ("DATA_BASE_URL", "DATABASE_URL"),
        ("ALLOWED_HOST", "ALLOWED_HOSTS"),
        ("DB_HSOT", "DB_HOST"),
        ("DJANGO_SETINGS_MODULE", "DJANGO_SETTINGS_MODULE"),
        ("AWS_ACESS_KEY_ID", "AWS_ACCESS_KEY_ID"),
        ("POSTGRES_PASWORD", "POSTGRES_PASSWORD"),
        ("GOOGLE_CREDENTAILS", "GOOGLE_CREDENTIALS"),
        ("GOOGLE_CREDNETIALSS", "GOOGLE_CREDENTIALS"),
        ("secret_key", "SECRET_KEY"),
        ("REDIS_URL_2", None),
        ("DB1_HOST", None),
        ("HTTPS_PROXY", None),
        ("DB_PORT", None),
        ("DB_USER", None),
        ("SMTP_URL", None),
        ("TOKEN", None),
        ("KEY", None),
        ("READ_TIMEOUT", None),
        ("SECRET", None),
        ("", None),
    ],
)
def test_what_is_near(name: str, meant: str | None) -> None:
    names = ["SECRET_KEY", "DATABASE_URL", "ALLOWED_HOSTS", "DB_HOST", "DJANGO_SETTINGS_MODULE", "AWS_ACCESS_KEY_ID"]
    names += [
        "POSTGRES_PASSWORD",
        "GOOGLE_CREDENTIALS",
        "REDIS_URL_1",
        "DB2_HOST",
        "HTTP_PROXY",
        "SFTP_URL",
        "TOKENS_X",
    ]
    names += ["WRITE_TIMEOUT", "KEYS"]
    assert near(name, names) == meant


def test_the_nearest_counts_and_of_two_the_first_by_name() -> None:
    assert near("CREDENTAILS_FILE", ["CREDENTIAL_FILE", "CREDENTIALS_FILE"]) == "CREDENTIALS_FILE"
    assert near("SECRETS_KEY", ["SECRETX_KEY", "SECRETA_KEY"]) == "SECRETA_KEY"


def test_a_name_that_is_there_is_no_slip() -> None:
    assert near("DATABASE_URL", ["DATABASE_URLS", "DATABASE_URL"]) is None


@given(NAMES, NAMES)
def test_it_holds_both_ways(one: str, other: str) -> None:
    assert (near(one, [other]) is None) == (near(other, [one]) is None)


@given(st.text(max_size=80), st.lists(st.text(max_size=80), max_size=4))
def test_any_text_is_compared(name: str, names: list[str]) -> None:
    found = near(name, names)
    assert found is None or found in names

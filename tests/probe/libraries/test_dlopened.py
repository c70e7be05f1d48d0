"""Libraries that Python code loads by name: needed only where nothing makes them unnecessary."""

from __future__ import annotations

import re

import pytest

from parity.probe.libraries import dlopened


@pytest.mark.parametrize(
    ("names", "needed"),
    [
        ({"requests"}, []),
        ({"psycopg"}, [("psycopg", "libpq.so.5")]),
        ({"psycopg", "psycopg_binary"}, []),
        ({"psycopg", "psycopg_c"}, []),
        ({"pyzbar", "magic"}, [("magic", "libmagic.so.1"), ("pyzbar", "libzbar.so.0")]),
    ],
)
def test_what_is_needed(names: set[str], needed: list[tuple[str, str]]) -> None:
    assert dlopened.needed(names) == needed


def test_every_entry_is_a_soname() -> None:
    for name, (sonames, instead) in dlopened.LOADED.items():
        assert name.isidentifier()
        assert all(re.fullmatch(r"lib[\w.+-]+\.so\.\d+", soname) for soname in sonames)
        assert all(other.isidentifier() for other in instead)

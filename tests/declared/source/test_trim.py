"""A file without its untold blocks says what the whole of it says, line by line."""

from __future__ import annotations

from pathlib import Path

import pytest

import parity
from parity.declared.source import trim
from parity.declared.source.link import link
from parity.declared.source.scan import scan
from parity.declared.source.telling import Telling
from tests.declared.source.cases import said

CASES = sorted((Path(__file__).parents[1] / "data" / "source").glob("*.py"))
OWN = sorted(path for path in Path(parity.__file__).parent.rglob("*.py") if path.stat().st_size >= trim.LEAST)

SHOP = b'''import os
from decouple import config


class Shop:
    """What is sold."""

    open = True

    def __init__(self) -> None:
        self.read = config

    @property
    def prices(
        self,
    ) -> dict[str, int]:
        # kept by nobody
        return {"a": 1}

    async def sold(self) -> int:
        text = """
left of everything
"""
        return len(text)

    def url(self) -> str:
        return self.read("shop_url")

    def key(self) -> str:
        return os.environ["SHOP_KEY"]


class Empty:
    KEY = os.environ.get("EMPTY_KEY")

    def one(self) -> int:
        return 1
# The end.
'''


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_a_trimmed_file_says_the_same(case: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert _facts(case, 0, monkeypatch) == _facts(case, 1 << 30, monkeypatch)


def test_the_files_of_a_real_program_say_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    assert len(OWN) > 100
    assert [path.name for path in OWN if _facts(path, 0, monkeypatch) != _facts(path, 1 << 30, monkeypatch)] == []


def test_methods_go_and_every_line_keeps_its_number() -> None:
    left = trim.trimmed(SHOP, Telling(SHOP))
    lines, whole = left.split(b"\n"), SHOP.split(b"\n")
    assert len(lines) == len(whole)
    assert b"def prices" not in left
    assert b"@property" not in left
    assert b"def one" not in left
    kept = [b"def __init__", b"self.read = config", b'self.read("shop_url")', b'os.environ["SHOP_KEY"]']
    assert [lines.index(line) for line in lines if any(word in line for word in kept)] == [
        number for number, line in enumerate(whole) if any(word in line for word in kept)
    ]
    # A text that goes to the start of a line is no end of its method.
    assert b"left of everything" in left
    compile(left, "shop.py", "exec")


def test_fields_of_settings_stay_and_what_only_calls_them_goes() -> None:
    text = b"class Settings(BaseSettings):\n    url: str\n\n    def own(self):\n        return self.url\n\n\n"
    text += b"def apart():\n    pass\n"
    left = trim.trimmed(text, Telling(text), classes=True)
    assert b"    url: str\n" in left
    assert b"def" not in left


def _facts(path: Path, least: int, monkeypatch: pytest.MonkeyPatch) -> object:
    monkeypatch.setattr(trim, "LEAST", least)
    name = f"case/{path.name}"
    return sorted(said(link({name: scan(path.read_bytes(), name, frozenset({path.stem, "parity"}))}, [name])))

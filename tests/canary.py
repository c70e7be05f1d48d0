"""A secret made up for one test, and a search for any trace of it.

    canary = Canary()
    monkeypatch.setenv("APP_TOKEN", canary.secret)
    ...
    canary.assert_clean(result.stdout, result.stderr, profile_path, tmp_path)

The search knows the shapes in which a secret leaks: as it is, in parts, base64 (at each of the three alignments,
both alphabets), URL- and JSON-escaped, in hex, reversed in case. A directory is searched with everything below it.
"""

from __future__ import annotations

import base64
import hashlib
import html
import json
import secrets
import urllib.parse
from collections.abc import Iterator
from pathlib import Path

_ODD = "%/@+ \"'&=é"
"""Characters that every escaping treats in its own way, so that each shape is told apart."""

_LETTERS = "bcdfghjkmnpqrstvwxz"
"""What a secret's word is made of: no digits, so that no rule about random text hides what another one let through."""

_PART = 12
"""A run of this many characters of a random secret, anywhere, is a leak of it."""


class Canary:
    """One secret. `word` is safe inside a URL or a DSN; `secret` holds every character that gets escaped."""

    def __init__(self) -> None:
        self.word = "canary" + "".join(secrets.choice(_LETTERS) for _ in range(24))
        self.secret = f"{self.word[:15]}{_ODD}{self.word[15:]}"
        self.multiline = f"-----BEGIN KEY-----\n{self.word}\nNAME_{self.word.upper()}=1\n-----END KEY-----"
        """A value with newlines, one of which looks like the start of a variable."""

    def shapes(self) -> Iterator[tuple[str, bytes]]:
        """(what it is called, bytes to look for), of everything that would give the secret away."""
        halves = {"first half": self.word[:15], "second half": self.word[15:]}
        texts = {"word": self.word, "secret": self.secret, **halves}
        for name, text in texts.items():
            raw = text.encode()
            yield name, raw
            yield f"{name}, upper case", text.upper().encode()
            yield f"{name}, reversed", raw[::-1]
            yield f"{name}, hex", raw.hex().encode()
            yield f"{name}, HEX", raw.hex().upper().encode()
            yield f"{name}, utf-16", text.encode("utf-16-le")
            for alignment in range(3):
                inner = _base64_core(raw, alignment)
                yield f"{name}, base64 at {alignment}", inner
                yield f"{name}, base64url at {alignment}", inner.translate(bytes.maketrans(b"+/", b"-_"))
        for name, text in (("secret", self.secret), ("multiline", self.multiline)):
            for escaping, escaped in _escaped(text):
                yield f"{name}, {escaping}", escaped.encode()
        for name, text in (("word", self.word), ("secret", self.secret), ("multiline", self.multiline)):
            for algorithm in ("md5", "sha1", "sha256"):
                digest = hashlib.new(algorithm, text.encode()).digest()
                yield f"{algorithm} of {name}", digest.hex()[:_PART].encode()
                yield f"{algorithm} of {name}, base64", base64.b64encode(digest)[:_PART]

    def traces(self, *places: str | bytes | Path) -> list[str]:
        """Where the secret shows, as "PLACE: SHAPE" lines; [] when nowhere. Paths are read, directories walked."""
        found = []
        for number, place in enumerate(places):
            for where, data in _contents(place, number):
                lowered = data.lower()
                found += [
                    f"{where}: {shape}"
                    for shape, needle in self.shapes()
                    if needle in data or ("hex" in shape.lower() and needle.lower() in lowered)
                ]
        return found

    def assert_clean(self, *places: str | bytes | Path) -> None:
        """Fail when any of the places holds any shape of the secret. There must be something to look at."""
        assert places, "nothing to search"
        traces = self.traces(*places)
        assert traces == [], "the canary shows in " + "; ".join(traces)


def _base64_core(raw: bytes, alignment: int) -> bytes:
    """The characters of base64 that depend on `raw` alone when it starts `alignment` bytes into a group."""
    encoded = base64.b64encode(b"\0" * alignment + raw)
    whole = (alignment + len(raw)) * 8 // 6
    return encoded[-(-alignment * 8 // 6) : whole]


def _escaped(text: str) -> Iterator[tuple[str, str]]:
    yield "json", json.dumps(text)[1:-1]
    yield "json, utf-8", json.dumps(text, ensure_ascii=False)[1:-1]
    yield "json twice", json.dumps(json.dumps(text))[3:-3]
    yield "url", urllib.parse.quote(text)
    yield "url, slash too", urllib.parse.quote(text, safe="")
    yield "url, form", urllib.parse.quote_plus(text)
    yield "html", html.escape(text)
    yield "repr", repr(text)[1:-1]


def _contents(place: str | bytes | Path, number: int) -> Iterator[tuple[str, bytes]]:
    if isinstance(place, bytes):
        yield f"text {number}", place
    elif isinstance(place, str):
        yield f"text {number}", place.encode("utf-8", "surrogateescape")
    elif place.is_dir():
        for path in sorted(place.rglob("*")):
            yield f"the name {path.name!r}", str(path.relative_to(place)).encode("utf-8", "surrogateescape")
            if path.is_file():
                yield str(path), path.read_bytes()
    else:
        yield str(place), place.read_bytes()

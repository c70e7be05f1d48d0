"""A canary that misses a leak proves nothing: every shape is leaked once and must be seen."""

from __future__ import annotations

import base64
import html
import json
import urllib.parse
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.canary import Canary

LEAKS: dict[str, Callable[[Canary], str]] = {
    "plain": lambda canary: f"token={canary.secret}.",
    "half": lambda canary: canary.secret[-18:],
    "dsn": lambda canary: f"postgresql://app:{canary.word}@db/app",
    "json": lambda canary: json.dumps({"value": canary.secret}),
    "json_utf8": lambda canary: json.dumps({"value": canary.secret}, ensure_ascii=False),
    "url": lambda canary: f"https://host/?q={urllib.parse.quote(canary.secret, safe='')}",
    "form": lambda canary: urllib.parse.urlencode({"q": canary.secret}),
    "html": lambda canary: f"<td>{html.escape(canary.secret)}</td>",
    "repr": lambda canary: repr(canary.secret),
    "hex": lambda canary: canary.secret.encode().hex(),
    "hex_upper": lambda canary: canary.word.encode().hex().upper(),
    "pem": lambda canary: json.dumps(canary.multiline),
    "pem_line_as_a_name": lambda canary: canary.multiline.splitlines()[2].partition("=")[0],
}


@pytest.mark.parametrize("leak", LEAKS.values(), ids=LEAKS.keys())
def test_sees(leak: Callable[[Canary], str]) -> None:
    canary = Canary()
    with pytest.raises(AssertionError, match="the canary shows in text 0"):
        canary.assert_clean(leak(canary))


@pytest.mark.parametrize("before", range(6))
@pytest.mark.parametrize("encode", [base64.b64encode, base64.urlsafe_b64encode])
def test_sees_base64_wherever_it_starts(encode: Callable[[bytes], bytes], before: int) -> None:
    canary = Canary()
    for text in (canary.word, canary.secret, canary.multiline):
        assert canary.traces(encode(b"x" * before + text.encode() + b"tail")) != []


def test_looks_into_files_and_their_names(tmp_path: Path) -> None:
    canary = Canary()
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "log").write_text(canary.word)
    (tmp_path / f"{canary.word}.json").write_text("{}")
    traces = " ".join(canary.traces(tmp_path))
    assert "deep/log: word" in traces
    assert "the name" in traces


def test_is_quiet_about_what_is_clean(tmp_path: Path) -> None:
    canary = Canary()
    (tmp_path / "profile.json").write_text('{"APP_TOKEN": "set"}')
    canary.assert_clean(tmp_path, "APP_TOKEN", Canary().secret, Canary().multiline)


def test_refuses_to_search_nothing() -> None:
    with pytest.raises(AssertionError, match="nothing to search"):
        Canary().assert_clean()

"""Where a distribution came from, and nothing of what its address hides."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from parity.probe.packages import direct_url
from tests.canary import Canary

CASES = sorted((Path(__file__).parents[1] / "data" / "direct_url").glob("*.json"))


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.stem)
def test_the_closed_form(case: Path) -> None:
    document = json.loads(case.read_text())
    data = document["raw"] if "raw" in document else json.dumps(document["given"])
    found = direct_url.origin(data.encode())
    assert found == document["expected"]
    assert not re.search("s3|cr3t|w0rd|alice|AKIA|deadbeef", json.dumps(found).replace("wheels.s3.", ""))


def test_there_are_cases() -> None:
    assert len(CASES) > 20


@pytest.mark.parametrize(
    "place", ["user", "password", "path", "segment", "query", "fragment", "port", "revision", "vcs"]
)
@pytest.mark.parametrize("raw", [False, True], ids=["plain", "with every escaped character"])
def test_a_secret_in_any_part_stays_out(place: str, raw: bool) -> None:
    canary = Canary()
    word = canary.secret if raw else canary.word
    parts = dict.fromkeys(["user", "password", "path", "segment", "query", "fragment", "port", "revision", "vcs"], "x")
    parts[place] = word
    url = "https://{user}:{password}@git.example.org:{port}/{path}/{segment}?k={query}#{fragment}".format(**parts)
    vcs = {"vcs": parts["vcs"], "commit_id": parts["revision"]}
    kinds: list[dict[str, dict[str, str]]] = [{"vcs_info": vcs}, {"archive_info": {}}]
    for kind in kinds:
        found = direct_url.origin(json.dumps({"url": url, **kind}).encode())
        if place == "segment" and not raw and "vcs_info" in kind:
            continue  # a word in the place of the project's name is the project's name
        canary.assert_clean(json.dumps(found))


@pytest.mark.parametrize(
    "data", [b"[" * 100_000, b"\xff\xfe", b'{"url": ' + b"9" * 5000 + b"}"], ids=["deep", "bytes", "number"]
)
def test_hostile_json_is_of_no_known_form(data: bytes) -> None:
    assert direct_url.origin(data) == {"source": "unknown"}

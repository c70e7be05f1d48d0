"""sbom: from the word to the verdict."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from parity.errors import TargetError, UsageError
from parity.profile import Status
from parity.snapshot.request import Request
from parity.targets import open_target
from parity.targets.sbom import MAX_BYTES, Sbom, parse
from tests.cli.program import parity
from tests.proof.statuses import statuses

DATA = Path(__file__).parents[1] / "sbom" / "data"
TRIVY = DATA / "trivy_image.cyclonedx.json"


class Silent:
    """A progress that nobody looks at."""

    def __call__(self, words: str) -> None: ...

    def warn(self, sentence: str) -> None: ...


def bill(profile: dict[str, Any], **versions: str) -> dict[str, Any]:
    """What a tool would write of a profile's packages, those of `versions` in other ones than are there."""
    purls = []
    for name, item in profile["sections"]["packages"]["items"].items():
        purls.append(f"pkg:pypi/{name}@{versions.get(name, item['version'])}".replace("+", "%2B"))
    for name, item in profile["sections"]["system_packages"]["items"].items():
        kind = {"debian": "deb"}.get(item["manager"], item["manager"])
        plain, _, architecture = name.partition(":")
        version = item["version"].replace("+", "%2B")
        purls.append(f"pkg:{kind}/x/{plain.replace('+', '%2B')}@{version}?arch={architecture or 'native'}")
    components = [{"type": "library", "name": "x", "purl": purl} for purl in purls]
    metadata = {"tools": {"components": [{"name": "syft"}]}}
    return {"bomFormat": "CycloneDX", "specVersion": "1.6", "metadata": metadata, "components": components}


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("sbom:web.cdx.json", Sbom("web.cdx.json")),
        ("sbom:-", Sbom("-")),
        ("sbom:/srv/web.json?platform=linux/arm64", Sbom("/srv/web.json", "linux/arm64")),
        ("sbom:///srv/web.json", Sbom("/srv/web.json")),
    ],
)
def test_words_that_are_right(word: str, expected: Sbom) -> None:
    assert open_target(word, Request())[0] == expected


@pytest.mark.parametrize("word", ["sbom:", "sbom:x?platform=", "sbom:x?platform=linux", "sbom:x?platform=../x"])
def test_words_that_are_wrong(word: str) -> None:
    with pytest.raises(TargetError):
        open_target(word, Request())


def test_what_a_profile_of_it_says_of_itself() -> None:
    profile = parse(str(TRIVY), {}).profile(Request(), Silent())
    assert (profile.name, profile.target.kind, profile.target.reference) == (TRIVY.name, "sbom", TRIVY.name)
    assert profile.captured_at == "2026-03-01T12:30:00Z"
    assert profile.identity == {"image": "sha256:" + "1" * 64, "digest": "sha256:" + "2" * 64}
    told = {name for name, section in profile.sections.items() if section.status.looked}
    assert told == {"packages", "system_packages"}
    assert profile.sections["python"].reason == "an SBOM tells of packages only"


def test_a_section_that_nobody_asked_for_is_left_out() -> None:
    profile = parse(str(TRIVY), {}).profile(Request(skip=frozenset({"system_packages"})), Silent())
    assert profile.sections["system_packages"].status is Status.SKIPPED
    assert profile.sections["packages"].items


def test_the_command_line_compares_packages_only_and_says_what_it_did_not(tmp_path: Path) -> None:
    local = tmp_path / "local.json"
    assert parity("snapshot", "-o", local).code == 0
    document = tmp_path / "web.cdx.json"
    document.write_text(json.dumps(bill(json.loads(local.read_bytes()))))
    same = parity("diff", local, f"sbom:{document}", "--fail-on", "warning", "--format", "json")
    assert same.code == 0, same.out
    assert same.document["verdict"] == "parity"
    assert {one["section"] for one in same.document["compared"]} == {"packages", "system_packages"}
    assert {"python", "environment"} <= {one["section"] for one in same.document["skipped"]}
    taken = parity("snapshot", f"sbom:{document}").document["sections"]
    assert {name: one["status"] for name, one in taken.items()} == statuses()["`sbom:`, of syft"]
    assert "an SBOM tells of packages only" in parity("diff", local, f"sbom:{document}").out.replace("\n", " ")

    document.write_text(json.dumps(bill(json.loads(local.read_bytes()), typer="0.1")))
    other = parity("diff", local, f"sbom:{document}", "--format", "json")
    assert other.code == 1
    found = [one for one in other.document["findings"] if one["severity"] == "error"]
    assert [(one["section"], one["key"]) for one in found] == [("packages", "typer")]

    insisted = parity("diff", local, f"sbom:{document}", "--require", "python")
    assert insisted.code == 3
    assert "python is required and skipped" in insisted.out


def test_a_document_without_packages_shows_no_parity(tmp_path: Path) -> None:
    empty = tmp_path / "empty.json"
    empty.write_text('{"bomFormat": "CycloneDX", "specVersion": "1.6", "components": []}')
    result = parity("diff", f"sbom:{TRIVY}", f"sbom:{empty}")
    assert result.code == 3
    assert "the SBOM names no Python package" in result.out.replace("\n", " ")


def test_standard_input_and_a_second_snapshot_tell_the_same(tmp_path: Path) -> None:
    taken = parity("snapshot", "sbom:-", "--name", "web", stdin=TRIVY.read_bytes())
    assert (taken.code, taken.err) == (0, "")
    assert taken.document["name"] == "web"
    again = parity("diff", "-", f"sbom:{TRIVY}", "--fail-on", "info", stdin=taken.stdout)
    assert again.code == 0, again.out


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b'<?xml version="1.0"?><bom xmlns="http://cyclonedx.org/schema/bom/1.5"/>', "it is XML"),
        (b"SPDXVersion: SPDX-2.3\nDataLicense: CC0-1.0\n", "it is SPDX tag-value"),
        (b"\x1f\x8b\x08\x00", "it is an archive"),
        (b"flask==3.0.3\n", "not JSON"),
        (b"", "empty: no JSON"),
        (b'{"bomFormat": "CycloneDX", "bomFormat": "CycloneDX"}', "a key that stands twice at /bomFormat"),
        (b"[" * 100_000, "nested deeper"),
        (b'{"bomFormat": NaN}', "not finite at /bomFormat"),
        (b'{"\x1b[2J": 1', "not JSON"),
    ],
)
def test_what_is_no_document_is_told(tmp_path: Path, content: bytes, says: str) -> None:
    path = tmp_path / "web.json"
    path.write_bytes(content)
    result = parity("show", f"sbom:{path}")
    assert result.code == 2
    assert result.out == ""
    assert says in result.line()
    assert str(path) in result.line()


def test_what_cannot_be_read(tmp_path: Path) -> None:
    large = tmp_path / "large.json"
    with large.open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    for word, says in ((large, "larger than 64 MiB"), (tmp_path, "a directory"), (tmp_path / "none", "no such")):
        with pytest.raises(UsageError, match=says) as caught:
            parse(str(word), {}).profile(Request(), Silent())
        assert "top level" not in str(caught.value)

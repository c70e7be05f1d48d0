"""Bills of materials as their tools wrote them, and what is taken for one.

Each case of data/ is a document, named for what is odd about it, and beside it in NAME.told.json what it tells. The
ones of syft are real and trimmed; those of trivy, BuildKit and docker were written after the formats they document.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parity.errors import UsageError
from parity.profile.strict import decode
from parity.sbom.document import Bom, bom, slimmed
from parity.sbom.sections import sections

DATA = Path(__file__).parent / "data"
CASES = sorted(path for path in DATA.glob("*.json") if not path.name.endswith(".told.json"))


def read(path: Path) -> Bom:
    return bom(decode(path.read_bytes(), slimmed), path.name)


def told(found: Bom) -> dict[str, Any]:
    plain: dict[str, Any] = {
        "tools": list(found.tools),
        "made_at": found.made_at.isoformat() if found.made_at else None,
        "identity": dict(found.identity),
    }
    for name, one in sections(found).items():
        plain[name] = {
            "status": one.status.value,
            "reason": one.reason,
            "items": {key: dict(item) for key, item in one.items.items() if isinstance(item, Mapping)},
            "notes": list(one.notes),
            "hidden": list(one.hidden),
        }
    loaded: dict[str, Any] = json.loads(json.dumps(plain))
    return loaded


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.name)
def test_a_document_tells_what_stands_beside_it(path: Path) -> None:
    assert told(read(path)) == json.loads(path.with_suffix(".told.json").read_bytes())


def test_both_formats_of_one_tool_tell_the_same() -> None:
    one, other = (told(read(DATA / f"syft_debian.{form}.json")) for form in ("cyclonedx", "spdx"))
    assert {key: one[key] for key in ("packages", "system_packages")} == {
        key: other[key] for key in ("packages", "system_packages")
    }


def test_files_and_relations_are_dropped_while_they_are_read() -> None:
    document = decode((DATA / "syft_debian.spdx.json").read_bytes(), slimmed)
    assert set(document["files"]) == set(document["relationships"]) == {None}


@pytest.mark.parametrize(
    ("document", "says"),
    [
        ({"sections": {}, "integrity": "", "schema": "1.0.0"}, "a profile of parity"),
        ({"artifacts": [], "source": {}, "schema": {}}, "syft's own report"),
        ({"SchemaVersion": 2, "Results": []}, "a report of trivy"),
        ({"matches": [], "descriptor": {}}, "a report of grype"),
        ({"@context": "x", "@graph": []}, "SPDX 3"),
        ({"payload": "", "payloadType": "application/vnd.in-toto+json"}, "a signed envelope"),
        ({"schemaVersion": 2, "manifests": []}, "the index of an image"),
        ({"schemaVersion": 2, "layers": []}, "the manifest of an image"),
        ({"_type": "https://in-toto.io/Statement/v1", "predicateType": "https://slsa.dev/provenance/v1"}, "slsa.dev"),
        ({"bomFormat": "CycloneDX", "specVersion": "2.0"}, "CycloneDX 2.0"),
        ({"spdxVersion": "SPDX-3.0"}, "version SPDX-3.0"),
        ({"spdxVersion": "\x1b[2J"}, "version \\x1b[2J"),
        ({}, "JSON of another kind"),
        ([], "JSON, and no object"),
        (None, "JSON, and no object"),
        ("CycloneDX", "JSON, and no object"),
    ],
)
def test_what_is_none_is_told_by_what_it_is(document: object, says: str) -> None:
    with pytest.raises(UsageError) as caught:
        bom(document, "web.json")
    assert str(caught.value).startswith("web.json is no bill of materials that parity reads: it is ")
    assert says in str(caught.value)
    assert str(caught.value).isprintable()
    assert caught.value.hint
    assert caught.value.exit_code == 2


def test_of_several_platforms_one_has_to_be_named() -> None:
    one = json.loads((DATA / "buildx_one_platform.spdx.json").read_bytes())
    other = json.loads(json.dumps(one).replace("3.0.3", "3.0.4"))
    both = {"linux/amd64": one, "linux/arm64": other}
    with pytest.raises(UsageError, match=r"several platforms: linux/amd64, linux/arm64") as caught:
        bom(both, "web.json")
    assert "?platform=" in str(caught.value.hint)
    with pytest.raises(UsageError, match="no platform 'linux/s390x'"):
        bom(both, "web.json", "linux/s390x")
    assert "pkg:pypi/flask@3.0.4" in bom(both, "web.json", "linux/arm64").purls
    assert "pkg:pypi/flask@3.0.3" in bom({"linux/amd64": one}, "web.json").purls


plain = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=12,
)
keys = st.sampled_from(["metadata", "components", "tools", "component", "properties", "timestamp", "name", "type"])
more = st.sampled_from(["packages", "creationInfo", "creators", "created", "externalRefs", "referenceType", "purl"])


@given(
    st.sampled_from([{"bomFormat": "CycloneDX", "specVersion": "1.5"}, {"spdxVersion": "SPDX-2.3"}]),
    st.dictionaries(keys | more, plain | st.lists(st.dictionaries(keys | more, plain, max_size=3), max_size=3)),
)
def test_no_shape_of_a_document_raises_anything_else(head: dict[str, Any], body: dict[str, Any]) -> None:
    found = bom({**body, **head}, "web.json")
    assert sections(found).keys() == {"packages", "system_packages"}

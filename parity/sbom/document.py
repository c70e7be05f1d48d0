"""A bill of materials as its tool wrote it, made into the little that is read of it.

Forms: CycloneDX 1.x (cyclonedx.org, "JSON Reference") and SPDX 2.2 and 2.3 (spdx.github.io, "JSON serialization"),
as syft, trivy, `docker sbom` and `docker scout sbom` write them; inside of an in-toto statement, as BuildKit attaches
one to an image; and as `docker buildx imagetools inspect --format '{{json .SBOM}}'` prints it, by platform.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from parity.errors import UsageError
from parity.text import safe

_MOMENT = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2})(?:\.[0-9]+)?(Z|[+-][0-9]{2}:[0-9]{2})")
_DIGEST = re.compile(r"sha256:[0-9a-f]{64}")
_STATEMENT = "https://in-toto.io/Statement/"
_TRIVY = {"aquasecurity:trivy:ImageID": "image", "aquasecurity:trivy:RepoDigest": "digest"}

MAKE_ONE = "one is made by `syft TARGET -o cyclonedx-json`, or `trivy image --format cyclonedx IMAGE`"

_OTHERS: tuple[tuple[frozenset[str], str, str], ...] = (
    (frozenset({"sections", "integrity"}), "a profile of parity", "give its path without sbom:"),
    (frozenset({"artifacts", "source"}), "syft's own report", "`syft convert FILE -o cyclonedx-json` makes one of it"),
    (frozenset({"SchemaVersion", "Results"}), "a report of trivy", "`trivy image --format cyclonedx IMAGE` makes one"),
    (frozenset({"matches", "descriptor"}), "a report of grype", MAKE_ONE),
    (frozenset({"@context", "@graph"}), "SPDX 3", "SPDX 2 and CycloneDX are read"),
    (frozenset({"payload", "payloadType"}), "a signed envelope", "`jq -r .payload FILE | base64 -d` opens it"),
    (frozenset({"schemaVersion", "layers"}), "the manifest of an image", MAKE_ONE),
    (frozenset({"schemaVersion", "manifests"}), "the index of an image", MAKE_ONE),
)
"""(keys, what has them, what to do): what people take for a bill of materials."""


@dataclass(frozen=True, slots=True)
class Bom:
    """What is read of a bill of materials. All text is as the document has it: not trusted, not safe to print."""

    tools: tuple[str, ...]
    purls: tuple[str, ...]
    nameless: int
    """Packages that have no package URL."""
    made_at: datetime | None
    identity: Mapping[str, str]
    """`image`, its id, and `digest`, its name in a registry, where they are told."""


def slimmed(mapping: dict[str, Any]) -> Any:
    """What stays of an object of the document: nothing of files and of what stands in which relation to what."""
    if "relationshipType" in mapping or "fileName" in mapping or mapping.get("type") == "file":
        return None
    return mapping


def bom(data: object, shown: str, platform: str | None = None) -> Bom:
    """The Bom in plain JSON data. Raises UsageError that says what it is instead; `shown` is its name, made safe.

    `platform` picks one of several that stand together, like linux/amd64.
    """
    data = _of_platform(data, shown, platform)
    identity: dict[str, str] = {}
    if isinstance(data, dict) and str(data.get("_type")).startswith(_STATEMENT):
        identity = _subject(data)
        kind, data = str(data.get("predicateType")), data.get("predicate")
        if "spdx" not in kind.lower() and "cyclonedx" not in kind.lower():
            raise _other(shown, f"an in-toto statement of {safe(kind[:80])}")
    if not isinstance(data, dict):
        raise _other(shown, "JSON, and no object")
    if data.get("bomFormat") == "CycloneDX":
        found = _cyclonedx(data, shown)
    elif "spdxVersion" in data:
        found = _spdx(data, shown)
    else:
        raise _told(data, shown)
    return Bom(found.tools, found.purls, found.nameless, found.made_at, {**identity, **found.identity})


def _of_platform(data: object, shown: str, platform: str | None) -> object:
    """The document out of what docker buildx wraps it in: {"SPDX": …}, or {platform: {"SPDX": …}} for several."""
    if isinstance(data, dict) and data and all("/" in key and _wraps(one) for key, one in data.items()):
        if platform is None and len(data) > 1:
            known = ", ".join(sorted(data))
            raise UsageError(f"{shown} is of several platforms: {safe(known[:200])}", hint="?platform=NAME picks one")
        chosen = next(iter(data)) if platform is None else platform
        if chosen not in data:
            known = ", ".join(sorted(data))
            raise UsageError(f"{shown} has no platform {safe(chosen)!r}", hint=f"it has {safe(known[:200])}")
        data = data[chosen]
    return data["SPDX"] if _wraps(data) else data  # type: ignore[index]


def _wraps(data: object) -> bool:
    return isinstance(data, dict) and isinstance(data.get("SPDX"), dict)


def _subject(statement: Mapping[str, Any]) -> dict[str, str]:
    for subject in _objects(statement.get("subject")):
        digest = f"sha256:{_object(subject.get('digest')).get('sha256')}"
        if _DIGEST.fullmatch(digest):
            return {"digest": digest}
    return {}


def _cyclonedx(data: Mapping[str, Any], shown: str) -> Bom:
    version = str(data.get("specVersion"))
    if not version.startswith("1."):
        raise _other(shown, f"CycloneDX {safe(version[:20])}", "CycloneDX 1 is read")
    metadata = _object(data.get("metadata"))
    tools = metadata.get("tools")
    # Since 1.5 an object of components; before it, a list.
    named = _objects(tools.get("components") if isinstance(tools, dict) else tools)
    purls, nameless = [], 0
    for component in _components(data):
        if isinstance(component.get("purl"), str):
            purls.append(component["purl"])
        elif component.get("type") == "library":
            nameless += 1
    return Bom(
        tools=tuple(_text(tool, "name") for tool in named),
        purls=tuple(purls),
        nameless=nameless,
        made_at=_moment(metadata.get("timestamp")),
        identity=_described(_object(metadata.get("component"))),
    )


def _components(data: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Every component, those inside of others too."""
    for component in _objects(data.get("components")):
        yield component
        yield from _components(component)


def _described(component: Mapping[str, Any]) -> dict[str, str]:
    """What trivy tells of the image that it looked at."""
    found = {}
    for one in _objects(component.get("properties")):
        name, value = _TRIVY.get(_text(one, "name")), _text(one, "value").rpartition("@")[2]
        if name is not None and _DIGEST.fullmatch(value):
            found[name] = value
    return found


def _spdx(data: Mapping[str, Any], shown: str) -> Bom:
    version = str(data["spdxVersion"])
    if not version.startswith("SPDX-2."):
        raise _other(shown, f"of version {safe(version[:20])}", "SPDX 2 is read")
    creation = _object(data.get("creationInfo"))
    creators = creation.get("creators")
    named = [str(one) for one in creators] if isinstance(creators, list) else []
    tools = [one.removeprefix("Tool: ") for one in named if one.startswith("Tool: ")]
    purls, nameless = [], 0
    for package in _objects(data.get("packages")):
        found = [
            _text(one, "referenceLocator")
            for one in _objects(package.get("externalRefs"))
            if one.get("referenceType") == "purl"
        ]
        purls += found
        nameless += not found
    return Bom(tuple(tools), tuple(purls), nameless, _moment(creation.get("created")), {})


def _objects(data: object) -> Iterator[dict[str, Any]]:
    return (one for one in data if isinstance(one, dict)) if isinstance(data, list) else iter(())


def _object(data: object) -> dict[str, Any]:
    return data if isinstance(data, dict) else {}


def _text(data: Mapping[str, Any], key: str) -> str:
    value = data.get(key)
    return value if isinstance(value, str) else ""


def _moment(data: object) -> datetime | None:
    found = _MOMENT.fullmatch(data) if isinstance(data, str) else None
    try:
        return datetime.fromisoformat(found[1] + found[2].replace("Z", "+00:00")) if found else None
    except ValueError:
        return None


def _told(data: Mapping[str, Any], shown: str) -> UsageError:
    for keys, what, hint in _OTHERS:
        if keys <= data.keys():
            return _other(shown, what, hint)
    return _other(shown, "JSON of another kind")


def _other(shown: str, what: str, hint: str = MAKE_ONE) -> UsageError:
    return UsageError(f"{shown} is no bill of materials that parity reads: it is {what}", hint)

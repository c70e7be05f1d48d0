"""What a JSON file is, when it is not a profile: people pass the file of the tool they used before."""

from __future__ import annotations

_SIGNS: tuple[tuple[str, frozenset[str]], ...] = (
    ("a CycloneDX bill of materials", frozenset({"bomFormat"})),
    ("an SPDX bill of materials", frozenset({"spdxVersion"})),
    ("an SPDX bill of materials", frozenset({"@context", "@graph"})),
    ("a syft report", frozenset({"artifacts", "distro", "descriptor"})),
    ("a SARIF report", frozenset({"runs", "version"})),
    ("the report of `pip inspect`", frozenset({"pip_version", "installed"})),
    ("a result of `parity diff`", frozenset({"verdict", "findings"})),
    ("the probe's bare answer", frozenset({"probe", "sections", "timings"})),
    ("a JSON Schema", frozenset({"$schema", "$id"})),
    ("a container's inspection by the engine", frozenset({"Id", "Config", "Image"})),
)
"""(what it is, keys that tell): each format's own required keys, from its specification."""


def foreign(data: object) -> str | None:
    """The name of the format that the data is in, None for a profile or something unknown."""
    if isinstance(data, list) and data:
        data = data[0]
    if not isinstance(data, dict) or {"sections", "schema"} <= data.keys():
        return None
    return next((name for name, signs in _SIGNS if signs <= data.keys()), None)

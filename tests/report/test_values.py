"""Values in a few words."""

from __future__ import annotations

import pytest

from parity import targets
from parity.profile.model import Source
from parity.report.values import target


@pytest.mark.parametrize(
    ("source", "word"),
    [
        (Source("local", ""), "local"),
        (Source("docker", "web"), "docker://web"),
        (Source("pid", "7"), "pid:7"),
        (Source("exec", "podman"), "exec:podman"),
        (Source("sbom", "web.cdx.json"), "sbom:web.cdx.json"),
        (Source("probe", "by-hand"), "probe:by-hand"),
    ],
)
def test_a_target_is_told_as_it_is_written(source: Source, word: str) -> None:
    assert target(source) == word


@pytest.mark.parametrize("kind", sorted(targets.kinds() - {"local", "file"}))
def test_every_kind_is_told_with_the_slashes_of_its_example(kind: str) -> None:
    example: str = targets.load(kind).EXAMPLE
    assert target(Source(kind, "x")).startswith(f"{kind}://") == example.startswith(f"{kind}://")

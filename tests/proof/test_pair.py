"""Two containers of one base that differ in one known way in each section: each is found, and nothing else."""

from __future__ import annotations

import pytest

from tests.cli.program import parity
from tests.images import pair

pytestmark = pytest.mark.docker

FOUND = {
    ("environment", "APP_QUEUE_URL", "environment.missing", "error"),
    ("libraries", "libstdc++.so.6", "libraries.unresolved", "error"),
    ("packages", "idna", "packages.major", "error"),
    ("platform", "distribution", "platform.distribution", "info"),
    ("process", "no_new_privileges", "process.privileges", "info"),
    ("python", "flags.optimize", "python.flag", "warning"),
    ("system_packages", "netbase", "system_packages.missing", "info"),
    ("volumes", "/data", "volumes.not-writable", "error"),
    # A read-only root is one way to start a container, and shows in all that stands on it.
    ("process", "read_only_root", "process.read-only-root", "warning"),
    ("volumes", "/", "volumes.options", "info"),
    ("volumes", "/tmp", "volumes.not-writable", "error"),
    ("container", "read_only_root", "container.other", "info"),
    # Other files are another image.
    ("container", "image", "container.image", "info"),
}


def test_the_seeded_differences_are_found_and_nothing_else(seeded_pair: tuple[str, str]) -> None:
    local, production = seeded_pair
    result = parity("diff", f"docker://{local}", f"docker://{production}", "--format", "json")
    document = result.document
    found = [(one["section"], one["key"], one["id"], one["severity"]) for one in document["findings"]]
    assert set(found) == FOUND
    assert len(found) == len(FOUND)
    assert {section for section, *_ in found} == {*pair.SEEDED, "container"}
    assert document["unknown"] == []
    assert [one["section"] for one in document["skipped"]] == ["database"]
    assert (result.code, document["verdict"], document["exit_code"]) == (1, "drift", 1)
    assert result.err == ""


def test_each_finding_says_why_and_shows_both_sides(seeded_pair: tuple[str, str]) -> None:
    local, production = seeded_pair
    result = parity("diff", f"docker://{local}", f"docker://{production}")
    shown = " ".join(result.out.split())
    for words in (
        "ERRORS (5)",
        "APP_QUEUE_URL set missing",
        "libstdc++.so.6 found not found",
        "idna 3.10 2.10",
        "it runs as uid 1000, and root (0) owns it, mode 0755",
        "flags.optimize 0 1",
        "And 6 more of no known consequence: container 2, platform 1, process 1, system_packages 1, volumes 1.",
        "DRIFT 5 errors, 2 warnings and 6 info",
    ):
        assert words in shown, words
    assert "netbase" not in result.out
    everything = parity("diff", f"docker://{local}", f"docker://{production}", "--all")
    assert "netbase 6.4 missing" in " ".join(everything.out.split())


def test_the_other_way_round_what_is_too_much_is_no_error(seeded_pair: tuple[str, str]) -> None:
    local, production = seeded_pair
    document = parity("diff", f"docker://{production}", f"docker://{local}", "--format", "json").document
    kinds = {(one["section"], one["key"]): (one["kind"], one["severity"]) for one in document["findings"]}
    assert kinds["environment", "APP_QUEUE_URL"] == ("extra", "info")
    assert kinds["system_packages", "netbase"] == ("extra", "info")
    assert kinds["packages", "idna"] == ("changed", "error")
    assert {key for key, (_, severity) in kinds.items() if severity == "error"} == {("packages", "idna")}
    assert kinds.keys() == {(section, key) for section, key, *_ in FOUND}

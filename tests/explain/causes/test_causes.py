"""What each mechanism says of a difference, and of which it says nothing."""

from __future__ import annotations

from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from parity.diff import compare
from parity.explain.case import Case
from parity.explain.causes import mechanisms
from parity.policy.model import Sides
from parity.profile.model import Profile
from tests.diff.profiles import profile, section
from tests.explain.cases import case, trace

if TYPE_CHECKING:
    from tests.explain.causes.examples import Example

NAMES = sorted(
    path.stem for path in Path(__file__).parent.glob("*.py") if not path.stem.startswith(("test_", "examples"))
)
"""One file a mechanism, each with its EXAMPLES."""

EXAMPLES: list[tuple[str, Example]] = [
    (name, one) for name in NAMES for one in import_module(f"tests.explain.causes.{name}").EXAMPLES
]
each_example = pytest.mark.parametrize(
    ("name", "example"), EXAMPLES, ids=[f"{name}-{one.says.replace(' ', '-')}" for name, one in EXAMPLES]
)


@each_example
def test_likelihoods(name: str, example: Example) -> None:
    met = case(example.log, example.local, example.production, example.sources, example.declared)
    told: dict[str, float] = {}
    for one in mechanisms()[name].weigh(met):
        assert one.kind == name
        told[one.label] = max(told.get(one.label, 0.0), one.likelihood)
    assert told.keys() == example.causes.keys()
    for label, (least, most) in example.causes.items():
        assert least <= told[label] <= most, f"{label} at {told[label]}"


@each_example
def test_every_candidate_can_be_checked(name: str, example: Example) -> None:
    met = case(example.log, example.local, example.production, example.sources, example.declared)
    for one in mechanisms()[name].weigh(met):
        assert 0 < one.likelihood < 1
        assert one.evidence
        assert one.refuted_by
        for text in (*(each.words for each in one.evidence if each.source != "log"), one.refuted_by, one.fix):
            assert not text.endswith(".")
            assert "None" not in text.replace("NoneType", "")


def test_every_file_has_one_that_speaks_and_one_that_is_silent() -> None:
    speaks = {name for name, one in EXAMPLES if one.causes}
    silent = {name for name, one in EXAMPLES if not one.causes}
    assert set(NAMES) - speaks == set()
    assert set(NAMES) - silent == set()
    assert set(NAMES) <= set(mechanisms())


def test_a_link_to_nothing_is_the_file_that_is_not_found() -> None:
    log = trace("FileNotFoundError: [Errno 2] No such file or directory: 'rates/current.json'", "app.py:3 f: open(p)")
    ours = {"rates/current.json": {"digest": "aa", "size": 1}, "app.py": {"digest": "bb", "size": 1}}
    here = profile({"source": section(ours)})
    there = profile({"source": section({"app.py": ours["app.py"]}, ("rates/current.json",))})
    met = case(log, {}, {})
    whole = Case(met.failure, met.facts, compare(here, there), (), Sides(here, there))
    (one,) = mechanisms()["deployed_file"].weigh(whole)
    assert (one.label, one.likelihood > 0.9) == ("source.rates/current.json", True)


def test_a_program_that_stands_at_its_own_root_on_both_sides_stands_alike() -> None:
    log = trace("FileNotFoundError: [Errno 2] No such file or directory: 'uploads/8841.pdf'", "app.py:3 f: open(p)")

    def side(root: str, directory: str) -> Profile:
        source = replace(section({"app.py": {"digest": "aa", "size": 1}}), notes=(f"keys are relative to {root}",))
        place = {"path": directory, "exists": True, "writable": True}
        return profile({"source": source, "process": section({"working_directory": place})})

    met = case(log, {}, {})
    for directory, told in (("/app", 0), ("/", 1)):
        here, there = side("/home/ada/shop", "/home/ada/shop"), side("/app", directory)
        whole = Case(met.failure, met.facts, compare(here, there), (), Sides(here, there))
        assert len(list(mechanisms()["relative_path"].weigh(whole))) == told


@pytest.mark.parametrize(
    ("version", "words"), [("3.12.1", "no build of Python 3.12"), ("3.11.2", "build production's")]
)
def test_what_a_release_took_away_is_built_by_nobody(version: str, words: str) -> None:
    log = trace("ModuleNotFoundError: No module named 'distutils'", "app.py:1 <module>: from distutils import util")
    beside = {"python.stdlib.lzma": True}
    local = {**beside, "python.stdlib.distutils": True, "python.version": "3.11.2"}
    (one,) = mechanisms()["built_without"].weigh(case(log, local, {**beside, "python.version": version}))
    assert words in one.fix
    (other,) = [
        one
        for one in mechanisms()["without_log"].weigh(case("", local, {**beside, "python.version": version}))
        if one.label == "python.stdlib.distutils"
    ]
    assert (words in other.fix) is (version != "3.11.2")


def test_a_mount_with_room_for_bytes_and_for_no_more_files_is_full() -> None:
    log = trace("OSError: [Errno 28] No space left on device: '/var/cache/thumbs/47.png'", "app.py:3 f: path.touch()")
    mount = {"/var/cache/thumbs": {"exists": True, "kind": "tmpfs", "size": 1 << 26}}

    def side(inodes: int) -> Profile:
        return profile(
            {"volumes": replace(section(mount), volatile={"/var/cache/thumbs": {"available_inodes": inodes}})}
        )

    for there, named in ((40, ["volumes./var/cache/thumbs"]), (2_000_000, [])):
        met = case(log, {}, {})
        whole = Case(
            met.failure, met.facts, compare(side(3_000_000), side(there)), (), Sides(side(3_000_000), side(there))
        )
        assert [one.label for one in mechanisms()["writing"].weigh(whole)] == named

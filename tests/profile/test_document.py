from __future__ import annotations

import json
from dataclasses import replace
from types import MappingProxyType
from typing import Any

import pytest
from hypothesis import given

from parity.probe import byhand
from parity.profile import Profile, Section, Status
from parity.profile.document import canonical, from_document, integrity, render, sections_from, to_document
from parity.profile.load import loads
from tests.profile.strategies import profiles


@given(profiles)
def test_round_trip(profile: Profile) -> None:
    document = to_document(profile)
    text = render(profile)
    assert from_document(document) == profile
    assert json.loads(text) == document
    assert loads(text.encode()) == profile
    assert render(loads(text.encode())) == text


@given(profiles)
def test_the_probe_by_hand_computes_the_same_digest(profile: Profile) -> None:
    document = to_document(profile)
    assert canonical(document) == byhand.canonical(document)


def test_a_profile_made_by_hand_is_a_profile() -> None:
    section: dict[str, Any] = {
        "status": "ok",
        "reason": None,
        "items": {"a": 1},
        "volatile": {},
        "notes": [],
        "hidden": [],
    }
    made = byhand.profile({"limits": section})
    assert loads(json.dumps(made).encode()).sections["limits"].items == {"a": 1}


def test_loaded_values_are_frozen(profile: Profile) -> None:
    loaded = loads(render(profile).encode())
    packages = loaded.sections["packages"]
    for mapping in (loaded.sections, loaded.identity, packages.items, packages.items["requests"], packages.volatile):
        assert isinstance(mapping, MappingProxyType)
    requests = packages.items["requests"]
    assert isinstance(requests, MappingProxyType)
    assert requests["requires"] == ("idna", "urllib3")


@given(profiles)
def test_a_rendered_profile_is_sorted_printable_and_one_item_a_line(profile: Profile) -> None:
    text = render(profile)
    assert text.endswith("}\n")
    assert text.isascii()
    assert text.replace("\n", "").isprintable()
    assert "##[" not in text
    for section in profile.sections.values():
        assert text.count("\n") > len(section.items) + len(section.volatile)


def test_an_item_is_one_line(profile: Profile) -> None:
    lines = render(profile).splitlines()
    assert '    "requests": {"editable": false, "requires": ["idna", "urllib3"], "version": "2.32.3"},' in lines
    assert [line for line in lines if line.startswith(' "')] == [
        ' "captured_at": "2026-03-01T12:00:00Z",',
        ' "identity": {',
        lines[5],
        ' "name": "web",',
        ' "schema": "1.0.1",',
        ' "sections": {',
        ' "target": {',
        ' "tool": "parity 0.1.0"',
    ]


def test_only_what_changes_by_itself_changes(profile: Profile) -> None:
    again = replace(profile, captured_at="2027-01-01T00:00:00Z", sections=_shuffled(profile.sections))
    before, after = render(profile).splitlines(), render(again).splitlines()
    assert len(before) == len(after)
    changed = {one.split(":")[0].strip(' "') for one, other in zip(before, after, strict=True) if one != other}
    assert changed == {"captured_at", "integrity", "pids_in_use"}


def _shuffled(sections: Any) -> MappingProxyType[str, Section]:
    """The same sections, everything in another order and the volatile facts changed."""
    turned = {}
    for name in reversed(sections):
        section = sections[name]
        items = {key: section.items[key] for key in reversed(section.items)}
        volatile = dict.fromkeys(section.volatile, 99)
        turned[name] = replace(section, items=items, volatile=volatile)
    return MappingProxyType(turned)


def test_the_digest_covers_all_but_itself_and_the_volatile(document: dict[str, Any]) -> None:
    before = integrity(document)
    document["integrity"] = "anything"
    document["sections"]["limits"]["volatile"] = {"pids_in_use": 13}
    assert integrity(document) == before
    document["sections"]["limits"]["hidden"] = []
    assert integrity(document) != before


def test_a_large_profile_stays_small(profile: Profile) -> None:
    packages = {f"distribution-{n}": _package(n) for n in range(400)}
    system = {f"libsomething{n}": MappingProxyType({"version": f"1:2.{n}-3+deb12u1"}) for n in range(700)}
    sections = {"packages": Section(Status.OK, items=packages), "system_packages": Section(Status.OK, items=system)}
    assert len(render(replace(profile, sections=sections))) < 150_000


def _package(n: int) -> MappingProxyType[str, Any]:
    names = tuple(f"distribution-{n + step}" for step in range(3))
    item = {"version": f"{n}.2.3", "installer": "pip", "editable": False, "source": "index"}
    return MappingProxyType({**item, "requires": names, "provides": (f"distribution_{n}",)})


def test_what_a_target_said_is_made_visible() -> None:
    hostile = {
        "status": "ok",
        "reason": None,
        "items": {"a\x1b[2J": {"path\x00": "x\u202ey\ud800", "list": ["\r\n", "plain"]}, "long": "x" * 70_000},
        "volatile": {},
        "notes": ["\x9b31m"],
        "hidden": [],
    }
    section = sections_from({"packages": hostile, "Not a Section": hostile})
    assert list(section) == ["packages"]
    assert section["packages"].items["a\\x1b[2J"] == {
        "path\\x00": "x\\u202ey\\ud800",
        "list": ("\\x0d\\x0a", "plain"),
    }
    assert section["packages"].items["long"] == "x" * 65_536
    assert section["packages"].notes == ("\\x9b31m",)


@pytest.mark.parametrize("garbage", [None, [], 7, {"status": "ok"}, {"status": "fine", "items": {}}, "\x1b"])
def test_a_section_of_garbage_costs_itself_alone(garbage: object) -> None:
    good = {"status": "absent", "reason": "none", "items": {}, "volatile": {}, "notes": []}
    sections = sections_from({"limits": garbage, "packages": good})
    assert sections["packages"].status is Status.ABSENT
    assert sections["limits"].status is Status.UNAVAILABLE
    assert (sections["limits"].reason or "").startswith("the answer breaks a rule: ")

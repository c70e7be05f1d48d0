"""Replicas become one profile, and nothing in which they differ is lost."""

from __future__ import annotations

from typing import Any

import pytest

from parity.profile import Profile, Section, Status
from parity.profile.model import Source
from parity.snapshot.replicas import MOST, combine


def replica(packages: dict[str, Any], digest: str = "sha256:a", /, **sections: Section) -> Profile:
    items = {name: {"version": version, "installer": name[::-1]} for name, version in packages.items()}
    return Profile(
        name="web",
        captured_at="2026-03-01T12:00:00Z",
        target=Source("kubernetes", "shop/deployment/web"),
        identity={"image": digest, "container": "web"},
        sections={"packages": Section(Status.OK, items=items), **sections},
    )


def notes(profile: Profile, section: str = "packages") -> tuple[str, ...]:
    return profile.sections[section].notes


def test_one_replica_is_itself() -> None:
    one = replica({"requests": "2.31.0"})
    assert combine([one]) is one


def test_equal_replicas_have_no_note_and_are_counted() -> None:
    combined = combine([replica({"requests": "2.31.0"})] * 3)
    assert notes(combined) == ()
    assert dict(combined.identity) == {"image": "sha256:a", "container": "web", "replicas": "3"}


def test_a_value_that_differs_is_told_with_how_many_have_it() -> None:
    combined = combine([replica({"requests": version}) for version in ("2.31.0", "2.32.0", "2.31.0")])
    assert notes(combined) == ("differs between replicas: requests.version is 2.31.0 in 2, 2.32.0 in 1",)
    assert combined.sections["packages"].items["requests"] == {"version": "2.31.0", "installer": "stseuqer"}


def test_what_the_first_does_not_have_is_told_too() -> None:
    combined = combine([replica({}), replica({"extra": "1"}), replica({"extra": "2"})])
    assert notes(combined) == ("differs between replicas: extra is 1 in 1, 2 in 1, not there in 1",)


def test_a_field_that_no_diff_compares_is_no_difference() -> None:
    other = Section(Status.OK, items={"requests": {"version": "2.31.0", "installer": "uv"}})
    assert notes(combine([replica({"requests": "2.31.0"}), replica({}, packages=other)])) == ()


def test_a_section_that_only_some_could_read_is_told() -> None:
    refused = replica({}, packages=Section(Status.UNAVAILABLE, "timeout"))
    combined = combine([replica({"requests": "2.31.0"}), refused, refused])
    assert notes(combined) == ("differs between replicas: the section is unavailable in 2, ok in 1",)


def test_what_may_have_been_hidden_is_unknown_and_no_difference_by_itself() -> None:
    partial = replica({}, packages=Section(Status.PARTIAL, "refused", hidden=("*",)))
    combined = combine([replica({"requests": "2.31.0"}), partial, replica({"requests": "2.32.0"})])
    assert "differs between replicas: requests.version is 2.31.0 in 1, 2.32.0 in 1, unknown in 1" in notes(combined)
    alone = combine([replica({"requests": "2.31.0"}), partial])
    assert not any("requests" in note for note in notes(alone))


def test_notes_are_bounded_and_the_rest_is_counted() -> None:
    many = {f"package-{number:02d}": "1.0" for number in range(MOST + 7)}
    combined = combine([replica(many), replica({})])
    assert len(notes(combined)) == MOST + 1
    assert "differs between replicas: 7 more keys" in notes(combined)


def test_replicas_of_several_images_are_of_all_of_them() -> None:
    combined = combine([replica({}, "sha256:b"), replica({}, "sha256:a"), replica({}, "sha256:b")])
    assert combined.identity["image"] == "sha256:a, sha256:b"


def test_notes_that_were_there_stay() -> None:
    noted = Section(Status.OK, items={}, notes=("told before",))
    combined = combine([replica({}, packages=noted), replica({"a": "1"})])
    assert "told before" in notes(combined)
    assert len(notes(combined)) == 2


@pytest.mark.parametrize("count", [2, 5])
def test_many_different_values_are_cut(count: int) -> None:
    combined = combine([replica({"a": f"1.{number}"}) for number in range(count + 5)])
    (note,) = notes(combined)
    assert note.endswith(f", {count} more")


def test_values_that_differ_are_counted_and_never_shown() -> None:
    def one(first: str, host: str) -> Profile:
        made = {"DSN": first, "HOSTNAME": host}
        items = {name: {"state": "set", "fingerprint": f"0123abcd:{value}"} for name, value in made.items()}
        return replica({}, environment=Section(Status.OK, items=items))

    combined = combine([one("aaaa", "1"), one("bbbb", "2"), one("aaaa", "3")])
    assert notes(combined, "environment") == ("differs between replicas: the value of DSN is one in 2, one in 1",)

"""What is a difference, what is unknown, and what was not compared at all."""

from __future__ import annotations

import subprocess
import sys

import pytest

from parity import sections
from parity.diff import Comparison, Difference, Kind, Side, compare
from parity.diff.comparisons import names
from parity.profile.model import Section, Status
from tests.diff.profiles import SKIPPED, absent, ok, profile, section, unavailable

CLASSES = {"missing", "changed", "extra"}


def packages(*pinned: str, hidden: tuple[str, ...] = ()) -> Section:
    return section({name: {"version": version} for name, _, version in (one.partition("==") for one in pinned)}, hidden)


def diff(local: Section | None, production: Section | None, name: str = "packages") -> Comparison:
    return compare(profile({name: local} if local else {}), profile({name: production} if production else {}))


def kinds(comparison: Comparison) -> dict[str, str]:
    return {one.key: one.kind.value for one in comparison.differences}


def test_missing_extra_and_changed_by_key() -> None:
    found = diff(packages("a==1", "b==1", "c==1.0"), packages("b==2", "c==1.0.0", "d==1"))
    assert kinds(found) == {"a": "missing", "b": "changed", "d": "extra"}
    assert [one.keys for one in found.compared] == [4]
    change = found.differences[1].fields[0].change
    assert change is not None
    assert (change.direction, change.part) == ("newer", "major")


@pytest.mark.parametrize("status", [Status.OK, Status.ABSENT])
def test_absent_compares_as_empty(status: Status) -> None:
    found = diff(packages("a==1"), Section(status, None))
    assert kinds(found) == {"a": "missing"}
    assert not found.unknown


@pytest.mark.parametrize(
    ("local", "production", "sides"),
    [
        (unavailable(), packages("a==1"), [Side.LOCAL]),
        (packages("a==1"), unavailable(), [Side.PRODUCTION]),
        (unavailable(), absent(), [Side.LOCAL]),
        (unavailable(), unavailable(), [Side.LOCAL, Side.PRODUCTION]),
    ],
)
def test_what_could_not_be_looked_at_is_unknown_and_never_a_difference(
    local: Section, production: Section, sides: list[Side]
) -> None:
    found = diff(local, production)
    assert not found.differences
    assert not found.compared
    assert [(one.key, one.side, one.status, one.reason) for one in found.unknown] == [
        (None, side, "unavailable", "timed out") for side in sides
    ]


@pytest.mark.parametrize(
    ("local", "production", "side", "reason"),
    [
        (SKIPPED, packages("a==1"), Side.LOCAL, "not asked for"),
        (packages("a==1"), SKIPPED, Side.PRODUCTION, "not asked for"),
        (SKIPPED, SKIPPED, Side.BOTH, "not asked for"),
        (SKIPPED, unavailable(), Side.LOCAL, "not asked for"),
    ],
)
def test_skipped_is_not_compared_and_said_so(local: Section, production: Section, side: Side, reason: str) -> None:
    found = diff(local, production)
    assert (found.differences, found.unknown, found.compared) == ((), (), ())
    assert [(one.section, one.side, one.reason) for one in found.skipped] == [("packages", side, reason)]


def test_a_section_that_a_profile_lacks_is_unknown() -> None:
    found = diff(packages("a==1"), None)
    assert (found.differences, found.skipped, found.compared) == ((), (), ())
    assert [(one.section, one.side, one.reason) for one in found.unknown] == [
        ("packages", Side.PRODUCTION, "not in the profile")
    ]


def test_a_key_that_a_side_could_not_see_is_unknown() -> None:
    found = diff(packages("a==1", "b==1"), packages("c==1", hidden=("a*",)))
    assert kinds(found) == {"a": "unknown", "b": "missing", "c": "extra"}
    assert [(one.key, one.side, one.reason) for one in found.unknown] == [("a", Side.PRODUCTION, "not permitted")]


def test_a_plain_role_sees_fewer_settings() -> None:
    local = section({"shared_preload_libraries": "pg_stat_statements", "work_mem": "4096kB"})
    production = section({"work_mem": "8192kB"}, hidden=("shared_preload_libraries",))
    for found in (diff(local, production, "database"), diff(production, local, "database")):
        assert kinds(found) == {"shared_preload_libraries": "unknown", "work_mem": "changed"}


def test_a_field_that_could_not_be_seen_is_unknown_and_the_others_are_compared() -> None:
    local = section({"/data": {"kind": "bind", "writable": True, "uid": 0}})
    production = section({"/data": {"kind": "volume"}}, hidden=("/data",))
    found = diff(local, production, "volumes")
    assert [(one.kind, [field.name for field in one.fields]) for one in found.differences] == [
        (Kind.CHANGED, ["kind"]),
        (Kind.UNKNOWN, ["uid", "writable"]),
    ]
    assert [(one.key, one.side) for one in found.unknown] == [("/data", Side.PRODUCTION)]


def test_a_wide_pattern_says_nothing_of_keys_that_are_there() -> None:
    local = section({"libpq.so.5": {"resolved": True}}, hidden=("*",))
    production = section({"libpq.so.5": {"resolved": True, "lacks": ["PG_17"]}})
    found = diff(local, production, "libraries")
    assert [(one.key, one.kind, one.fields[0].missing, one.fields[0].extra) for one in found.differences] == [
        ("libpq.so.5", Kind.CHANGED, (), ("PG_17",))
    ]


def test_what_a_collector_does_not_name_is_no_difference() -> None:
    local = section({"base_prefix": "/usr", "version": "3.11.2", "abi": "cp311"})
    production = section({"base_prefix": "/opt", "version": "3.11.2", "soabi": "x"})
    assert kinds(diff(local, production, "python")) == {}
    shown = section({"available_extensions.vector": {"default_version": "0.5"}})
    assert kinds(diff(shown, section({}), "database")) == {}


def test_yes_that_the_other_side_leaves_out_is_a_difference_and_a_no_is_none() -> None:
    yes, no, nothing = ({"/data": {"kind": "bind", **extra}} for extra in ({"noexec": True}, {"noexec": False}, {}))
    assert kinds(diff(section(yes), section(nothing), "volumes")) == {"/data": "changed"}
    assert kinds(diff(section(no), section(nothing), "volumes")) == {}


def test_an_object_on_one_side_and_a_scalar_on_the_other() -> None:
    found = diff(section({"a": {"version": "1"}}), section({"a": "1"}))
    assert found.differences == (Difference("packages", "a", Kind.CHANGED, {"version": "1"}, "1"),)


def test_each_manager_orders_its_own_versions() -> None:
    local = section({"zlib": {"version": "1.0~rc1", "manager": "debian"}, "x": {"version": "1.01", "manager": "rpm"}})
    production = section({"zlib": {"version": "1.0", "manager": "debian"}, "x": {"version": "1.1", "manager": "rpm"}})
    found = diff(local, production, "system_packages")
    assert [(one.key, one.fields[0].change and one.fields[0].change.direction) for one in found.differences] == [
        ("zlib", "newer")
    ]


def test_a_manager_that_nobody_knows_compares_exactly() -> None:
    local, production = (section({"x": {"version": v, "manager": "../exact"}}) for v in ("1.0", "1.00"))
    assert kinds(diff(local, production, "system_packages")) == {"x": "changed"}


def test_a_section_of_a_newer_version_compares_exactly_and_is_noted() -> None:
    found = diff(ok(a="1.0", b={"x": "1", "y": "2"}), ok(a="1.0.0", b={"x": "1", "y": "3"}, c=True), "../evil")
    assert kinds(found) == {"a": "changed", "b": "changed", "c": "extra"}
    assert [(one.section, one.known) for one in found.compared] == [("../evil", False)]


def platform(system: str, architecture: str, **more: str) -> Section:
    return section({"system": system, "architecture": architecture, **more})


def test_another_architecture_is_one_finding() -> None:
    libraries = [section({f"lib{side}{n}.so": {"resolved": True} for n in range(300)}) for side in "ab"]
    local = profile({"platform": platform("Linux", "x86_64", libc="glibc"), "libraries": libraries[0]})
    production = profile({"platform": platform("Linux", "aarch64", libc="glibc"), "libraries": libraries[1]})
    found = compare(local, production)
    assert kinds(found) == {"architecture": "changed"}
    assert [(one.section, one.key, one.status) for one in found.unknown] == [("libraries", None, "incomparable")]
    assert "600 differences not listed" in found.unknown[0].reason
    assert [one.section for one in found.compared] == ["platform"]


def test_another_operating_system_is_one_finding() -> None:
    local = profile({"platform": platform("Darwin", "arm64", kernel="23.1.0")})
    production = profile({"platform": platform("Linux", "x86_64", kernel="6.1.0", libc="glibc")})
    found = compare(local, production)
    assert kinds(found) == {"system": "changed"}
    assert {one.key for one in found.unknown} == {"architecture", "kernel", "libc"}


def test_another_packaging_system_is_told_once() -> None:
    local = section({f"p{n}": {"version": "1", "manager": "debian"} for n in range(20)})
    production = section({f"p{n}": {"version": "1", "manager": "apk"} for n in range(10)})
    found = diff(local, production, "system_packages")
    assert not found.differences
    assert "between dpkg and apk; 20 differences not listed" in found.unknown[0].reason


def test_the_order_of_the_input_does_not_show() -> None:
    sides = {f"s{n}": packages(*(f"p{m}=={n}.{m}" for m in range(30))) for n in range(5)}
    other = {f"s{n}": packages(*(f"p{m}=={n}.{m * 2}" for m in range(30))) for n in range(5)}
    turned = [
        {name: section(dict(reversed(list(one.items.items())))) for name, one in reversed(side.items())}
        for side in (sides, other)
    ]
    assert compare(profile(sides), profile(other)) == compare(profile(turned[0]), profile(turned[1]))


def test_members_of_lists_that_only_one_side_has() -> None:
    local = section({"groups": {"ids": ["0", "10", "'quoted'", "root['x']"]}})
    production = section({"groups": {"ids": ["0", "27", "__private__"]}})
    (difference,) = diff(local, production, "process").differences
    assert difference.fields[0].missing == ("'quoted'", "10", "root['x']")
    assert difference.fields[0].extra == ("27", "__private__")


def test_deepdiff_is_imported_only_for_lists_that_differ() -> None:
    script = (
        "import sys\n"
        "from parity.diff import compare\n"
        "from tests.diff.profiles import profile, section\n"
        "a = section({'x': {'version': '1', 'revision': 'a'}, 'y': {'version': '1'}})\n"
        "b = section({'x': {'version': '2', 'revision': 'b'}, 'z': {'version': '1'}})\n"
        "assert len(compare(profile({'packages': a}), profile({'packages': b})).differences) == 3\n"
        "assert 'deepdiff' not in sys.modules\n"
        "c, d = section({'groups': {'ids': ['1']}}), section({'groups': {'ids': ['2']}})\n"
        "assert len(compare(profile({'process': c}), profile({'process': d})).differences) == 1\n"
        "assert 'deepdiff' in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", script], check=True, timeout=60)


@pytest.mark.parametrize("name", sections.names())
def test_every_collector_names_comparisons_and_severities_that_exist(name: str) -> None:
    declared = sections.declared(name)
    assert declared is not None
    assert declared.compared
    assert set(declared.compared.values()) <= {*names(), "$manager"}
    assert set(declared.severity) == CLASSES
    assert set(declared.severity.values()) <= {"error", "warning", "info"}

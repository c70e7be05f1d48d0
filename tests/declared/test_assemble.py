"""Facts into the sections of a profile: what is known, what is hidden, and how it stands beside a live profile."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from parity.declared.assemble import marker_environment, sections
from parity.declared.facts import (
    ComputedRead,
    DeclaredName,
    Dependency,
    Facts,
    Fault,
    Migration,
    MigrationHead,
    Mount,
    Place,
    PoolSetting,
    PythonVersion,
    ReadName,
    ServerVersion,
    SystemPackage,
    User,
)
from parity.diff.compare import compare
from parity.diff.model import Kind
from parity.profile.model import Item, Profile, Section, Source, Status

AT = Place("a", 1)


def profile(found: Mapping[str, Section]) -> Profile:
    return Profile("x", "2026-01-01T00:00:00Z", Source("repo", "."), found)


def live(name: str, items: Mapping[str, Item]) -> Profile:
    return profile({name: Section(Status.OK, items=items)})


def only(facts: Facts, name: str) -> Section:
    return sections(facts)[name]


def differences(facts: Facts, name: str, items: Mapping[str, Item]) -> dict[str, Kind]:
    """{key: kind} of a repository beside what is there."""
    comparison = compare(profile({name: only(facts, name)}), live(name, items))
    return {one.key: one.kind for one in comparison.differences}


def item(section: Section, key: str) -> Mapping[str, object]:
    found = section.items[key]
    assert isinstance(found, Mapping)
    return found


def test_an_empty_repository_tells_nothing_and_nothing_is_taken_for_missing() -> None:
    found = sections(Facts())
    assert {section.status for section in found.values()} == {Status.SKIPPED}
    comparison = compare(profile(found), live("packages", {"flask": {"version": "3"}}))
    assert comparison.differences == ()
    assert "packages" in {one.section for one in comparison.skipped}


# python


def test_the_version_of_python_is_one_that_all_agree_on() -> None:
    exact = PythonVersion("3.12.4", Place(".python-version", 1), "3.12.4", "==3.12.4")
    image = PythonVersion("python:3.12-slim", Place("Dockerfile", 1), None, "==3.12.*")
    other = PythonVersion("python:3.11.9", Place("Dockerfile", 1), "3.11.9", "==3.11.9")
    requires = PythonVersion(">=3.10", Place("pyproject.toml", 4), specifier=">=3.10")
    section = only(Facts(pythons=(exact, image, requires)), "python")
    assert section.items["version"] == "3.12.4"
    assert item(section, "requires") == {"specifier": ">=3.10", "at": ("pyproject.toml:4",)}
    assert item(section, "declared.Dockerfile") == {"value": "python:3.12-slim", "at": ("Dockerfile:1",)}
    torn = only(Facts(pythons=(exact, other)), "python")
    assert "version" not in torn.items
    assert "version" in torn.hidden
    assert torn.notes == (
        "several versions of Python are stated: 3.12.4 (.python-version:1), python:3.11.9 (Dockerfile:1)",
    )


def test_what_a_repository_leaves_open_of_python_is_unknown() -> None:
    facts = Facts(pythons=(PythonVersion("3.12.4", AT, "3.12.4", "==3.12.4"),))
    there: dict[str, Item] = {"version": "3.12.3", "stdlib.ssl": True, "openssl": "3.0.15"}
    assert differences(facts, "python", there) == {
        "version": Kind.CHANGED,
        "stdlib.ssl": Kind.UNKNOWN,
        "openssl": Kind.UNKNOWN,
    }


@pytest.mark.parametrize(
    ("stated", "asked", "version", "words"),
    [
        ([("3.12", ".python-version")], None, "3.12", "Python 3.12, as .python-version:1 says,"),
        ([("3.12", ".python-version"), ("3.12.4", "Dockerfile")], None, "3.12", "Python 3.12.4, as Dockerfile:1 says,"),
        ([("3.12", ".python-version")], "3.10", "3.10", "Python 3.10 on"),
        ([], None, None, "which parity runs on"),
    ],
)
def test_markers_hold_for_the_python_that_the_repository_is_for(
    stated: list[tuple[str, str]], asked: str | None, version: str | None, words: str
) -> None:
    pythons = tuple(
        PythonVersion(value, Place(file, 1), value if value.count(".") == 2 else None, f"=={value}")
        for value, file in stated
    )
    facts = Facts(
        pythons=pythons,
        dependencies=(Dependency("old", AT, marker="python_version < '3.11'", version="1", pinned=True, direct=True),),
    )
    found = sections(facts, asked)["packages"]
    assert any(words in note for note in found.notes)
    if version is not None:
        assert ("version" in item(found, "old")) is (version == "3.10")


def test_the_marker_environment_is_of_this_platform() -> None:
    values, _ = marker_environment(None, "3.9.1")
    assert values["python_full_version"] == "3.9.1"
    assert {"sys_platform", "os_name", "platform_machine"} <= values.keys()


# packages


def test_a_version_that_nobody_states_is_unknown_and_never_a_difference() -> None:
    facts = Facts(
        dependencies=(
            Dependency("loose", AT, specifier=">=1", direct=True, groups=("main",)),
            Dependency("pinned", AT, version="1.0", pinned=True, direct=True, groups=("main",)),
            Dependency("windows", AT, version="1.0", pinned=True, marker="sys_platform == 'none'", direct=True),
        )
    )
    section = only(facts, "packages")
    assert section.hidden == ("*", "loose", "windows")
    there: dict[str, Item] = {"loose": {"version": "5"}, "pinned": {"version": "1.1"}, "transitive": {"version": "1"}}
    assert differences(facts, "packages", there) == {
        "loose": Kind.UNKNOWN,
        "pinned": Kind.CHANGED,
        "transitive": Kind.UNKNOWN,
    }
    assert differences(facts, "packages", {}) == {"pinned": Kind.MISSING}
    assert item(section, "windows")["versions"] == ("1.0; sys_platform == 'none'",)


def test_a_broken_file_is_a_note_and_hides_what_it_may_have_held() -> None:
    fault = Fault("pyproject.toml: not TOML at line 3", (("packages", "*"), ("python", "requires")))
    found = sections(Facts(faults=(fault, Fault("x: \x1b[31mred")), pythons=(PythonVersion("3", AT),)))
    assert found["packages"].reason == "pyproject.toml: not TOML at line 3"
    assert found["python"].notes == ("pyproject.toml: not TOML at line 3",)
    assert "requires" in found["python"].hidden
    assert found["packages"].notes == ("pyproject.toml: not TOML at line 3", "x: \\x1b[31mred")


def test_many_faults_are_counted() -> None:
    found = sections(Facts(faults=tuple(Fault(f"{number:03}", (("packages", "*"),)) for number in range(100))))
    assert len(found["packages"].notes) == 41
    assert found["packages"].notes[-1] == "and 60 more"


# environment


def test_a_variable_is_promised_read_or_both() -> None:
    declared = (
        DeclaredName("URL", Place("compose.yaml", 3)),
        DeclaredName("SECRET", Place(".env.example", 1), empty=True),
        DeclaredName("BARE", Place("compose.yaml", 4), set=False),
        DeclaredName("BLANK", Place("Dockerfile", 4), empty=True),
    )
    reads = (
        ReadName("URL", Place("a.py", 1), required=True),
        ReadName("URL", Place("b.py", 1), default=True),
        ReadName("TOKEN", Place("a.py", 2)),
        ReadName("LEVEL", Place("a.py", 3), default=True),
        ReadName("TESTED", Place("tests/a.py", 3), required=True, dev=True),
    )
    section = only(Facts(declared_names=declared, read_names=reads), "environment")
    states = {name: item(section, name).get("state") for name in section.items}
    assert states == {
        "URL": "set",
        "SECRET": "named",
        "BARE": "named",
        "BLANK": "empty",
        "TOKEN": "read",
        "LEVEL": None,
        "TESTED": None,
    }
    assert item(section, "URL") == {
        "state": "set",
        "from": "declared",
        "required": True,
        "default": False,
        "declared_at": ("compose.yaml:3",),
        "read_at": ("a.py:1", "b.py:1"),
    }
    assert item(section, "TESTED") == {
        "from": "source",
        "required": False,
        "default": False,
        "dev": True,
        "read_at": ("tests/a.py:3",),
    }
    assert section.status is Status.OK


def test_a_promise_is_kept_by_a_variable_that_is_set_and_broken_by_none() -> None:
    facts = Facts(
        declared_names=(DeclaredName("SECRET", Place(".env.example", 1), empty=True), DeclaredName("A", AT)),
        read_names=(ReadName("TOKEN", AT), ReadName("LEVEL", AT, default=True)),
    )
    there: dict[str, Item] = {"SECRET": {"state": "set"}, "TOKEN": {"state": "empty"}, "LEVEL": {"state": "set"}}
    assert differences(facts, "environment", there) == {"A": Kind.MISSING}
    assert differences(facts, "environment", {}) == dict.fromkeys(("A", "SECRET", "TOKEN"), Kind.MISSING)


def test_names_that_are_put_together_hide_what_they_may_be() -> None:
    facts = Facts(computed_reads=(ComputedRead("APP_*", AT), ComputedRead("*", Place("a", 9))))
    section = only(facts, "environment")
    assert section.hidden == ("APP_*",)
    told = "a name is put together while the program runs"
    assert section.notes == (f"{told}: {AT} (APP_*)", f"{told}: a:9")


def test_the_first_of_many_names_that_are_put_together_is_one_that_may_be_any() -> None:
    many = [ComputedRead(f"{letter}_*", Place("a", 1)) for letter in "ABCDEF"]
    section = only(Facts(computed_reads=(*many, ComputedRead("*", Place("z", 9)))), "environment")
    assert len(section.notes) == 5
    assert "a name is put together while the program runs: z:9" in section.notes


def test_a_near_miss_is_named_both_ways() -> None:
    facts = Facts(
        declared_names=(DeclaredName("SECRECT_KEY", AT), DeclaredName("DEBUG", AT), DeclaredName("DB1", AT)),
        read_names=(ReadName("SECRET_KEY", AT), ReadName("LOG_LEVEL", AT), ReadName("DB2", AT)),
    )
    section = only(facts, "environment")
    near = {name: item(section, name)["near"] for name in section.items if "near" in item(section, name)}
    assert near == {"SECRECT_KEY": "SECRET_KEY", "SECRET_KEY": "SECRECT_KEY"}


# containers


def test_what_a_container_will_be_is_told_in_part() -> None:
    facts = Facts(
        system_packages=(
            SystemPackage("libpq5", Place("Dockerfile", 3), "debian"),
            SystemPackage("curl", Place("Dockerfile", 3), "debian", "7.88.1-10"),
        ),
        users=(User("app", Place("Dockerfile", 9)),),
        mounts=(Mount("/data", Place("Dockerfile", 8)),),
        server_versions=(ServerVersion("15", Place("compose.yaml", 5)),),
        migration_heads=(MigrationHead("alembic", "4f1a", Place("migrations/4f1a.py", 1)),),
        migrations=(
            Migration("alembic", "4f1a", Place("migrations/4f1a.py", 1), follows=("0b2c",)),
            Migration("alembic", "0b2c", Place("migrations/0b2c.py", 1)),
        ),
        pool_settings=(PoolSetting("size", 5, Place("db.py", 2)), PoolSetting("size", 9, Place("db.py", 7))),
    )
    found = sections(facts)
    assert item(found["system_packages"], "curl")["version"] == "7.88.1-10"
    assert found["process"].items["user"] == "app"
    assert item(found["process"], "declared.Dockerfile") == {"value": "app", "at": ("Dockerfile:9",)}
    assert item(found["volumes"], "/data") == {"exists": True, "from": "declared", "at": ("Dockerfile:8",)}
    assert found["database"].items["server_version"] == "15"
    assert item(found["database"], "migrations.alembic") == {
        "heads": ("4f1a",),
        "revisions": ("0b2c", "4f1a<0b2c"),
        "at": ("migrations/4f1a.py:1",),
    }
    assert item(found["database"], "pool")["size"] == ("5", "9")
    there: dict[str, Item] = {"curl": {"version": "7.88.1-11", "manager": "debian"}}
    there["libpq5"] = there["zlib1g"] = {"version": "15", "manager": "debian"}
    assert differences(facts, "system_packages", there) == {
        "curl": Kind.CHANGED,
        "libpq5": Kind.UNKNOWN,
        "zlib1g": Kind.UNKNOWN,
    }
    mounted: dict[str, Item] = {"/data": {"kind": "bind", "exists": True}, "/": {"kind": "overlay", "exists": True}}
    assert differences(facts, "volumes", mounted) == {"/data": Kind.UNKNOWN, "/": Kind.UNKNOWN}
    assert differences(facts, "volumes", {}) == {"/data": Kind.MISSING}


def test_a_user_in_numbers_is_an_identity() -> None:
    section = only(Facts(users=(User("10001:10002", AT),)), "process")
    assert (section.items["uid"], section.items["gid"]) == (10001, 10002)
    assert "user" not in section.items
    torn = only(Facts(users=(User("app", AT), User("root", Place("b", 1)))), "process")
    assert torn.items.keys() == {"declared.a", "declared.b"}

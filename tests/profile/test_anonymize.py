from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

import pytest
from hypothesis import given

from parity.profile import Profile, Section, Status
from parity.profile.anonymize import anonymize, anonymize_all
from parity.profile.document import render
from parity.profile.load import loads
from parity.profile.model import Item, Source
from tests.profile.strategies import profiles

NAMES = ("alice", "devs", "acme", "secretproject", "build-7", "wh-sales")


def of(sections: Mapping[str, Mapping[str, Item]], **header: object) -> Profile:
    made = {name: Section(Status.OK, items=MappingProxyType(dict(items))) for name, items in sections.items()}
    fixed = {"name": "web", "target": Source("docker", "web"), **header}
    return Profile(captured_at="2026-03-01T12:00:00Z", sections=MappingProxyType(made), **fixed)  # type: ignore[arg-type]


@pytest.fixture
def personal() -> Profile:
    return of(
        {
            "process": {
                "user": "alice",
                "uid": 1000,
                "home": {"path": "/home/alice", "exists": True},
                "working_directory": {"path": "/srv/acme/secretproject", "exists": True},
            },
            "volumes": {
                "/": {"user": "root", "group": "root", "uid": 0},
                "/home/alice/secretproject/data": {"user": "alice", "group": "devs"},
                "/srv/acme/secretproject": {"user": "alice", "group": "alice"},
                "/srv/acme/secretproject/media": {"user": "www-data", "group": "www-data"},
                "/var/lib/app": {"user": "1001", "group": "1001"},
            },
            "python": {
                "executable": "/home/alice/secretproject/.venv/bin/python",
                "prefix": "~/secretproject/.venv",
                "base_prefix": "/usr",
            },
            "packages": {
                "requests": {"version": "2.32.3", "source": "git https://git.acme.example/.../requests"},
                "urllib3": {"version": "2.2.1", "source": "git https://github.com/.../urllib3"},
                "tool": {"version": "1.0", "origin": "PYTHONPATH /Users/alice/My Secretproject/lib"},
            },
            "database": {
                "search_path": '"$user", wh-sales, public',
                "extensions.pg_trgm": {"version": "1.6", "schema": "wh-sales"},
                "extensions.plpgsql": {"version": "1.0", "schema": "pg_catalog"},
            },
        },
        name="build-7.acme",
        target=Source("ssh", "build-7.acme"),
        identity=MappingProxyType({"image": "registry.acme.example/secretproject:3", "commit": "0" * 40}),
    )


def test_no_name_is_left(personal: Profile) -> None:
    text = render(anonymize(personal)).lower()
    for name in NAMES:
        assert name not in text
    assert all(name in render(personal).lower() for name in NAMES)


def test_each_name_has_one_id_everywhere(personal: Profile) -> None:
    changed = anonymize(personal)
    sections = changed.sections
    assert changed.target == Source("ssh", "target-1")
    assert changed.name == "target-1"
    assert changed.identity == {"image": "image-1", "commit": "0" * 40}
    assert sections["process"].items["user"] == "user-1"
    assert sections["process"].items["home"] == {"path": "/home/user-1", "exists": True}
    workplace = sections["process"].items["working_directory"]
    assert isinstance(workplace, Mapping)
    volumes = sections["volumes"].items
    assert volumes[str(workplace["path"])] == {"user": "user-1", "group": "user-1"}
    below = [key for key in volumes if key.startswith(f"{workplace['path']}/")]
    assert [volumes[key] for key in below] == [{"user": "www-data", "group": "www-data"}]
    assert [item for key, item in volumes.items() if key.startswith("/home/user-1/path-")] == [
        {"user": "user-1", "group": "group-1"}
    ]
    assert sections["database"].items["search_path"] == '"$user", schema-1, public'
    assert sections["database"].items["extensions.pg_trgm"] == {"version": "1.6", "schema": "schema-1"}


def test_what_tells_nothing_of_anybody_stays(personal: Profile) -> None:
    sections = anonymize(personal).sections
    assert sections["volumes"].items["/"] == {"user": "root", "group": "root", "uid": 0}
    assert sections["volumes"].items["/var/lib/app"] == {"user": "1001", "group": "1001"}
    assert sections["python"].items["base_prefix"] == "/usr"
    packages = sections["packages"].items
    assert packages["urllib3"] == {"version": "2.2.1", "source": "git https://github.com/.../urllib3"}
    assert packages["requests"] == {"version": "2.32.3", "source": "git https://host-1/.../requests"}


def test_two_sides_share_their_ids() -> None:
    local = of({"process": {"user": "alice"}, "volumes": {"/home/alice/data": {"user": "alice"}}})
    production = of({"process": {"user": "deploy"}, "volumes": {"/home/alice/data": {"user": "alice"}}})
    one, other = anonymize_all([local, production])
    assert one.sections["process"] != other.sections["process"]
    assert one.sections["volumes"] == other.sections["volumes"]


@pytest.mark.parametrize(
    ("text", "changed"),
    [
        ("/home/alice", "/home/user-1"),
        ("/home/alice/", "/home/user-1/"),
        ("/home/alice/a b/c", "/home/user-1/path-1"),
        ("/var/home/alice/x", "/var/home/user-1/path-1"),
        ("/Users/alice/x", "/Users/user-1/path-1"),
        ("/root/x", "/root/path-1"),
        ("~/x", "~/path-1"),
        ("~", "~"),
        ("/root", "/root"),
        ("/rootfs/x", "/rootfs/x"),
        ("/home", "/home"),
        ("/home/www-data/x", "/home/www-data/path-1"),
        ("/usr/lib/x.so", "/usr/lib/x.so"),
        ("cannot read '/home/alice/x', sorry", "cannot read '/home/user-1/path-1', sorry"),
        ("file:///home/alice/x", "file:///home/user-1/path-1"),
        ("from /root/x y, and ~/z", "from /root/path-1, and ~/path-2"),
        ("1.0~rc1/2", "1.0~rc1/2"),
        ("https://intranet/home/alice", "https://host-1/home/alice"),
        ("plain", "plain"),
    ],
)
def test_paths(text: str, changed: str) -> None:
    profile = of({"python": {"prefix": text}})
    assert anonymize(profile).sections["python"].items["prefix"] == changed


@pytest.mark.parametrize(
    ("pattern", "changed"),
    [
        ("*", "*"),
        ("/data/*", "/data/*"),
        ("/home/alice/x", "/home/user-1/path-2"),
        ("/home/alice/x[*]", "/home/user-1/path-2"),
        ("/home/alice/x*", "/home/user-1/*"),
        ("/srv/acme/x*", "/path-1/*"),
        ("/srv/acme/x", "/path-1/path-2"),
        ("extensions.*", "extensions.*"),
        ("a[[]b", "a[[]b"),
    ],
)
def test_what_was_hidden_stays_hidden(pattern: str, changed: str) -> None:
    profile = of({"process": {"working_directory": {"path": "/srv/acme"}}})
    volumes = Section(Status.PARTIAL, "EACCES permission denied", hidden=(pattern,))
    sections = MappingProxyType({**profile.sections, "volumes": volumes})
    partial = Profile("web", profile.captured_at, profile.target, sections)
    # The process section comes first and takes path-1 for its directory.
    assert anonymize(partial).sections["volumes"].hidden == (changed,)


@given(profiles)
def test_whatever_the_profile_it_stays_one(profile: Profile) -> None:
    changed = anonymize(profile)
    assert loads(render(changed).encode()) == changed
    assert anonymize(profile) == changed
    assert changed.sections.keys() == profile.sections.keys()
    for name, section in profile.sections.items():
        assert len(changed.sections[name].items) == len(section.items)


def test_names_of_hosts_and_places_with_room_are_names_too() -> None:
    items: dict[str, Item] = {
        "hosts.db.acme.example": "private",
        "hosts.host.docker.internal": "private",
        "search": {"domains": ("acme.example", "svc.cluster.local")},
    }
    free: dict[str, Item] = {"free./tmp": {"available_bytes": 1}, "free./home/alice/data": {"available_bytes": 1}}
    profile = of({"network": items, "limits": {}, "process": {"user": "alice"}})
    limits = Section(Status.OK, volatile=MappingProxyType(free))
    changed = anonymize(replace(profile, sections={**profile.sections, "limits": limits})).sections
    assert changed["network"].items.keys() == {"hosts.host-1", "hosts.host.docker.internal", "search"}
    assert changed["network"].items["search"] == {"domains": ("host-2", "svc.cluster.local")}
    assert changed["limits"].volatile.keys() == {"free./tmp", "free./home/user-1/path-1"}

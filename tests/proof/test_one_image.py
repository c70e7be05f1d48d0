"""One image looked at in every way there is to it: whatever two of the ways can both see, they tell alike."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from fnmatch import fnmatchcase
from itertools import combinations
from typing import TYPE_CHECKING

import pytest

from parity.profile import Profile, Status
from parity.profile.model import Field, Item, Section
from tests.images.fixtures import Exported, RunContainer
from tests.images.ssh import start_sshd
from tests.kubernetes_api import KubernetesApi
from tests.services import program
from tests.targets.looking import take

if TYPE_CHECKING:
    from docker import DockerClient

pytestmark = pytest.mark.docker

PYTHON = "/app/.venv/bin/python"

OF_FILES = ("libraries", "packages", "system_packages")
"""What is in the files alone: each of the ways sees all of it."""

OF_THE_RUNNING = ("cpu", "limits", "network")
"""What only a running process has."""

ALL, NOTHING = (), None

SURROUNDINGS = {
    "locale": ("encoding", "filesystem_encoding", "lc_*", "stdio_encoding"),
    "time": ("zone*",),
    "tls": ("ca_bundle", "cipher_string", "max_protocol", "min_protocol", "openssl_conf", "own_roots",
            "own_roots_digest", "providers", "roots", "roots_digest", "security_level*"),
}  # fmt: skip
"""{section: what only the variables of a process tell}."""

SEEN: Mapping[str, Mapping[str, tuple[str, ...] | None]] = {
    "docker": {"container": ALL},
    "ssh": {"container": NOTHING},
    "kubernetes": {"container": ("command", "created", "digest", "entrypoint", "image", "init", "platform", "user")},
    "exec": {"container": NOTHING},
    "image": {
        "platform": ("kernel",),
        **dict.fromkeys(("container", "environment", "process", "volumes"), ("*",)),
        **dict.fromkeys(OF_THE_RUNNING, NOTHING),
    },
    "rootfs": {
        "python": ("flags.*",),
        "platform": ("kernel",),
        "executables": ("*",),
        **SURROUNDINGS,
        **dict.fromkeys(("container", "environment", "process", "source", "volumes", *OF_THE_RUNNING), NOTHING),
    },
}
"""{kind: {section: which keys it cannot see}}: all of the sections that are not named. Of what is hidden an image
still tells what it declares."""

SOURCES = {"image": "image"}
"""{kind: where a variable comes from}: the running ways take it from the process."""

VOLUMES = {"docker": "anonymous volume", "image": "declared volume"}
"""{kind: what /data is}: only the engine knows who made a volume, inside it is one and no more."""

PYTHONS = {"rootfs": "/usr/bin"}
"""{kind: where `python3.11` is found}: files alone tell no PATH, on which the program's own stands before."""

MADE = {
    "network_mode": {"docker": "bridge", "kubernetes": "pod"},
    "restart_policy": {"docker": "no", "kubernetes": "always"},
}
"""{key of `container`: {kind: value}}: a pod is made in a cluster's own way."""


def excepted(kind: str, section: str, key: str, name: str) -> Field:
    """What a kind tells by a word of its own; None where there is no exception."""
    if (section, name) == ("environment", "from"):
        return SOURCES.get(kind, "process")
    if (section, key, name) == ("volumes", "/data", "kind"):
        return VOLUMES.get(kind, "volume")
    if (section, key) == ("executables", "python3.11"):
        return PYTHONS.get(kind, "/app/.venv/bin")
    return MADE.get(key, {}).get(kind) if section == "container" else None


@pytest.fixture(scope="module")
def profiles(
    docker_engine: DockerClient,
    run_for_module: RunContainer,
    ssh_image: str,
    exported: Exported,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Mapping[str, Profile]]:
    """{kind: profile of the one image}; the running ways lead to one container and, in it, to the application."""
    program("kubectl")
    directory = tmp_path_factory.mktemp("one-image")
    name = run_for_module(ssh_image, ready="serving")
    address = docker_engine.containers.get(name).attrs["NetworkSettings"]["IPAddress"]
    with pytest.MonkeyPatch.context() as patch, KubernetesApi() as api:
        login = start_sshd(name, address, directory, patch)
        patch.setenv("KUBECONFIG", str(directory / "kubeconfig"))
        patch.setenv("KUBECACHEDIR", str(directory / "kubecache"))
        api.write_kubeconfig(directory / "kubeconfig")
        # As of an image that no registry has.
        api.cluster.add_pod("web-1", {"name": "web", "imageID": ""})
        api.cluster.run = lambda pod, container, command: ["docker", "exec", "-i", name, *command]
        words = {
            "docker": f"docker://{name}",
            "image": f"image://{ssh_image}",
            "rootfs": f"rootfs://{exported(ssh_image)}?python={PYTHON}",
            "ssh": f"ssh://{login}?pid=1",
            "kubernetes": "kubernetes://shop/pod/web-1",
            "exec": f"exec:docker exec -i {name} python3",
        }
        yield {kind: take(word, sections=None) for kind, word in words.items()}


@pytest.mark.parametrize("kind", SEEN)
def test_each_kind_sees_what_the_table_says(profiles: Mapping[str, Profile], kind: str) -> None:
    assert profiles[kind].target.kind == kind
    sections = dict(profiles[kind].sections)
    assert sections.pop("database").status is Status.SKIPPED
    seen = {name: section.hidden if section.status.looked else NOTHING for name, section in sections.items()}
    assert seen == {**dict.fromkeys(sections, ALL), **SEEN[kind]}
    assert SEEN[kind].keys().isdisjoint(OF_FILES)
    for name, section in sections.items():
        assert bool(section.items) is (seen[name] is not NOTHING), name


@pytest.mark.parametrize(("one", "other"), list(combinations(SEEN, 2)))
def test_two_kinds_agree_on_what_both_see(profiles: Mapping[str, Profile], one: str, other: str) -> None:
    left, right = profiles[one], profiles[other]
    found = differing(left, right).items()
    assert [(place, pair) for place, pair in found if not _as_excepted(place, pair, one, other)] == []


def test_the_exceptions_are_met(profiles: Mapping[str, Profile]) -> None:
    met = differing(profiles["docker"], profiles["image"])
    assert {(section, name) for section, _, name in met} == {("environment", "from"), ("volumes", "kind")}
    assert set(differing(profiles["docker"], profiles["ssh"])) == {("volumes", "/data", "kind")}


def test_any_other_difference_is_found(profiles: Mapping[str, Profile]) -> None:
    honest = profiles["docker"]
    for name in ("python", "environment", *OF_FILES):
        section = honest.sections[name]
        key = next(key for key in section.items if not key.startswith("flags."))
        without = {other: item for other, item in section.items.items() if other != key}
        for items in (without, {**without, key: "another"}, {**section.items, "added": "one"}):
            changed = replace(honest, sections={**honest.sections, name: replace(section, items=items)})
            assert {place[0] for place in differing(changed, profiles["ssh"])} >= {name}
            if name != "environment":
                found = differing(changed, profiles["rootfs"]).keys() - differing(honest, profiles["rootfs"]).keys()
                assert {place[0] for place in found} == {name}


Place = tuple[str, str, str]


def differing(one: Profile, other: Profile) -> dict[Place, tuple[Field, Field]]:
    """{(section, key, field): (value of one, of the other)} for what both can see; None is a value not there.

    A key that is hidden is seen where it is told nevertheless, with the fields that are told.
    """
    found: dict[Place, tuple[Field, Field]] = {}
    assert one.sections.keys() == other.sections.keys()
    for section, left in one.sections.items():
        right = other.sections[section]
        if not (left.status.looked and right.status.looked):
            continue
        for key in {*left.items, *right.items}:
            of_left, of_right = fields(left, key), fields(right, key)
            for name in {*of_left, *of_right}:
                if name in of_left and name in of_right:
                    alike = of_left[name] == of_right[name]
                else:
                    alike = hidden(left if name in of_right else right, key)
                if not alike:
                    found[section, key, name] = (of_left.get(name), of_right.get(name))
    return found


def fields(section: Section, key: str) -> Mapping[str, Field]:
    """An item's fields; a plain value is one without a name."""
    if key not in section.items:
        return {}
    item: Item = section.items[key]
    return item if isinstance(item, Mapping) else {"": item}


def hidden(section: Section, key: str) -> bool:
    return any(fnmatchcase(key, pattern) for pattern in section.hidden)


def _as_excepted(place: Place, pair: tuple[Field, Field], one: str, other: str) -> bool:
    expected = excepted(one, *place), excepted(other, *place)
    return None not in expected and pair == expected

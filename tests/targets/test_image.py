"""Images of a real engine and in archives: what they tell, and that nothing is run, made or written for it."""

from __future__ import annotations

import io
import json
import tarfile
import time
import uuid
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import pytest

from parity.archive.layers import Indexer
from parity.archive.layout import read_image
from parity.archive.reduce import Keeper
from parity.archive.stream import Pipe
from parity.archive.tree import Directory, File, Link, walk
from parity.errors import TargetError
from parity.profile import Profile
from parity.profile.model import Item
from parity.targets.image import Image, parse
from tests.archive.tars import LATER
from tests.images.distroless import distroless
from tests.images.fixtures import Exported, RunContainer
from tests.targets import looking

if TYPE_CHECKING:
    from docker import DockerClient

OF_FILES = ("libraries", "packages", "platform", "python", "system_packages")


def snapshot(word: str, **changes: Any) -> Profile:
    return looking.take(word, sections=None, **changes)


@pytest.fixture(scope="module")
def looked_at() -> Callable[[str], Profile]:
    """looked_at(image) -> the profile of an image of the engine, taken once."""
    return cache(lambda image: snapshot(f"image://{image}"))


@pytest.fixture(scope="module")
def imported(
    docker_engine: DockerClient, base_image: Callable[[str], str], exported: Exported
) -> Iterator[Callable[[bool], str]]:
    """imported(python) -> the name of a distroless image, made once and removed in the end."""
    made = []

    @cache
    def make(python: bool) -> str:
        name = f"parity-test-distroless-{uuid.uuid4().hex[:12]}"
        made.append(distroless(docker_engine, exported(base_image("bookworm")), name, python=python))
        return made[-1]

    yield make
    for image in made:
        docker_engine.images.remove(image, force=True)


def items(profile: Profile, section: str) -> Mapping[str, Item]:
    return profile.sections[section].items


@pytest.mark.parametrize(
    ("reference", "expected"),
    [
        ("web", Image("web")),
        ("web:1.4", Image("web:1.4")),
        ("registry.example.org:5000/shop/web:1.4", Image("registry.example.org:5000/shop/web:1.4")),
        (f"shop/web@sha256:{'0' * 64}", Image(f"shop/web@sha256:{'0' * 64}")),
        (f"sha256:{'a' * 64}", Image(f"sha256:{'a' * 64}")),
        ("image.tar", Image("image.tar", "image.tar")),
        ("/home/alice/image.tar.gz", Image("image.tar.gz", "/home/alice/image.tar.gz")),
        ("./saved", Image("saved", "./saved")),
    ],
)
def test_words_that_are_right(reference: str, expected: Image) -> None:
    assert parse(reference, {}) == expected


@pytest.mark.parametrize(
    "reference",
    [
        "",
        "Web",
        "web:",
        "web:a b",
        "a;b",
        "-x",
        "web@sha256:1",
        "user:pa55@host/web",
        "https://host/web",
        "a//b",
        "web\u202e",
    ],
)
def test_words_that_cannot_be_right_show_no_password(reference: str) -> None:
    with pytest.raises(TargetError) as caught:
        parse(reference, {})
    assert "pa55" not in str(caught.value)
    assert str(caught.value).isprintable()


def save(engine: DockerClient, image: str, path: Path) -> str:
    with path.open("wb") as file:
        file.writelines(engine.api.get_image(image, 1 << 20))
    return f"image://{path}"


def streamed(engine: DockerClient, image: str) -> Directory:
    source = Pipe(iter(engine.api.get_image(image, 1 << 20)), LATER)
    return read_image(source, Indexer(Keeper(), LATER), LATER).root


def told(root: Directory) -> dict[str, object]:
    """{path: everything that is told of what is there}."""
    found: dict[str, object] = {}
    for path, node in walk(root):
        rest = node.target if isinstance(node, Link) else node.size if isinstance(node, File) else None
        found[path] = (node.kind, node.owner, rest)
    return found


OF_THE_ENGINE = ("/.dockerenv", "/dev", "/etc/hostname", "/etc/hosts", "/etc/mtab", "/etc/resolv.conf", "/proc", "/sys")


@pytest.mark.docker
def test_the_layers_of_an_image_are_the_files_of_its_container(docker_engine: DockerClient, pair_image: str) -> None:
    # It stands on the application's image, and removes files of it.
    container = docker_engine.containers.create(pair_image, "true")
    try:
        parts = cast("Iterator[bytes]", container.export())
        indexer = Indexer(Keeper(), LATER)
        layer = indexer.layer(Pipe(iter(parts), LATER), None, b"", whiteouts=False)
        expected = told(indexer.merged([layer]))
    finally:
        container.remove(v=True)
    found = told(streamed(docker_engine, pair_image))
    differing = {path for path in expected.keys() | found.keys() if expected.get(path) != found.get(path)}
    assert {path for path in differing if not path.startswith(OF_THE_ENGINE)} == set()
    assert len(found) > 5000


def nameless(profile: Profile) -> dict[str, Item]:
    return {key: item for key, item in items(profile, "container").items() if key not in {"digest", "image"}}


def agree(first: Profile, second: Profile) -> None:
    # What it is called by is known of an engine's image alone.
    one, other = ({**profile.sections, "container": nameless(profile)} for profile in (first, second))
    assert one == other
    assert first.identity["image"] == second.identity["image"]


@pytest.mark.docker
def test_an_image_tells_the_same_from_the_engine_and_from_an_archive(
    docker_engine: DockerClient, app_image: str, looked_at: Callable[[str], Profile], tmp_path: Path
) -> None:
    engines, archives = looked_at(app_image), snapshot(save(docker_engine, app_image, tmp_path / "app.tar"))
    agree(engines, archives)
    assert items(engines, "container")["image"] == app_image
    assert items(engines, "container")["command"] == "python"
    assert engines.identity["image"] == docker_engine.images.get(app_image).id
    assert [profile.target.reference for profile in (engines, archives)] == [app_image, "app.tar"]


@pytest.mark.docker
def test_an_image_tells_the_same_from_compressed_layers(
    docker_engine: DockerClient,
    imported: Callable[[bool], str],
    looked_at: Callable[[str], Profile],
    tmp_path: Path,
) -> None:
    save(docker_engine, imported(True), tmp_path / "saved.tar")
    oci = tmp_path / "oci.tar"
    oci.write_bytes(as_oci(tmp_path / "saved.tar"))
    agree(looked_at(imported(True)), snapshot(f"image://{oci}"))


def as_oci(path: Path) -> bytes:
    """A `docker save` as an OCI layout with compressed layers."""
    from tests.archive.tars import oci_archive

    with tarfile.open(path) as archive:

        def read(name: str) -> bytes:
            member = archive.extractfile(name)
            assert member is not None
            return member.read()

        (manifest,) = json.loads(read("manifest.json"))
        return oci_archive(map(read, manifest["Layers"]), read(manifest["Config"]), compress=True)


@pytest.mark.docker
def test_an_image_tells_its_own_environment_user_and_volumes(
    app_image: str, looked_at: Callable[[str], Profile]
) -> None:
    profile = looked_at(app_image)
    assert dict(items(profile, "environment")) == {
        "APP_SETTINGS": {"from": "image", "state": "set"},
        "PATH": {"from": "image", "state": "set"},
    }
    assert items(profile, "process") == {"gid": 1000, "passwd_entry": True, "uid": 1000, "user": "app"}
    assert dict(items(profile, "volumes")) == {"/data": {"kind": "declared volume"}}
    assert {profile.sections[name].hidden for name in ("environment", "process", "volumes")} == {("*",)}
    assert items(profile, "python")["executable"] == "/app/.venv/bin/python"


SEEN_BY_FILES: Mapping[str, Callable[[str], bool]] = {
    "libraries": lambda key: True,
    "packages": lambda key: True,
    "platform": lambda key: key != "kernel",
    "python": lambda key: True,
    "system_packages": lambda key: True,
    "environment": lambda key: key not in {"HOME", "HOSTNAME", "LC_CTYPE"},
    "process": lambda key: key in {"uid", "gid", "user", "passwd_entry"},
}
"""Which of the items that a running container shows its image, or its files, show as well; and they show no other."""


@pytest.mark.docker
def test_what_a_container_and_its_image_both_show_is_the_same(
    docker_engine: DockerClient, run_container: RunContainer, app_image: str, looked_at: Callable[[str], Profile]
) -> None:
    name = run_container(app_image, ready="serving")
    live = snapshot(f"docker://{name}")
    docker_engine.containers.get(name).kill()
    for still in (looked_at(app_image), snapshot(f"docker://{name}")):
        for section, seen in SEEN_BY_FILES.items():
            expected = {key: shown(item) for key, item in items(live, section).items() if seen(key)}
            assert {key: shown(item) for key, item in items(still, section).items()} == expected, section
        assert still.identity["image"] == live.identity["image"]


def shown(item: Item) -> object:
    """An item without where it was seen."""
    return {name: value for name, value in item.items() if name != "from"} if isinstance(item, Mapping) else item


@pytest.mark.docker
def test_a_python_without_a_shell_tells_all_that_files_tell(
    imported: Callable[[bool], str], base_image: Callable[[str], str], looked_at: Callable[[str], Profile]
) -> None:
    full, bare = (looked_at(image) for image in (base_image("bookworm"), imported(True)))
    for section in OF_FILES:
        # The base's own command is a shell: of it no flags of a Python are told.
        expected = {key: item for key, item in items(bare, section).items() if not key.startswith("flags.")}
        assert expected == items(full, section), section
    assert {name: str(bare.sections[name].status.value) for name in OF_FILES if name != "platform"} == {
        "libraries": "ok",
        "packages": "ok",
        "python": "ok",
        "system_packages": "ok",
    }
    assert len(items(bare, "system_packages")) > 50
    assert items(bare, "process") == {"uid": 65532, "gid": 0, "user": None, "passwd_entry": False}


@pytest.mark.docker
def test_an_image_without_a_python_tells_its_system_packages_and_platform(
    imported: Callable[[bool], str], base_image: Callable[[str], str], looked_at: Callable[[str], Profile]
) -> None:
    full, bare = (looked_at(image) for image in (base_image("bookworm"), imported(False)))
    assert items(bare, "system_packages") == items(full, "system_packages")
    for key in ("distribution", "libc", "libc_version"):
        assert items(bare, "platform")[key] == items(full, "platform")[key]
    for section in ("python", "packages", "libraries"):
        assert bare.sections[section].status == "absent"


@pytest.mark.docker
def test_a_container_without_a_shell_that_never_ran_is_read_the_same_way(
    docker_engine: DockerClient, imported: Callable[[bool], str], looked_at: Callable[[str], Profile]
) -> None:
    image = imported(True)
    container = docker_engine.containers.create(image)
    try:
        files, whole = snapshot(f"docker://{container.name}"), looked_at(image)
    finally:
        container.remove(v=True)
    for section in OF_FILES:
        assert items(files, section) == items(whole, section)


@pytest.mark.docker
def test_an_empty_image_is_told_to_be_empty(docker_engine: DockerClient) -> None:
    name = f"parity-test-scratch-{uuid.uuid4().hex[:12]}"
    empty = io.BytesIO()
    with tarfile.open(fileobj=empty, mode="w"):
        pass
    docker_engine.api.import_image_from_data(empty.getvalue(), name, "test", changes=["CMD /server"])
    try:
        profile = snapshot(f"image://{name}:test")
    finally:
        docker_engine.images.remove(f"{name}:test")
    statuses = {section: str(profile.sections[section].status.value) for section in OF_FILES}
    assert {statuses.pop(section) for section in ("python", "packages", "libraries", "system_packages")} == {"absent"}
    assert statuses == {"platform": "partial"}


@pytest.mark.docker
def test_nothing_is_made_in_the_engine_and_nothing_run(
    docker_engine: DockerClient, imported: Callable[[bool], str]
) -> None:
    image = imported(True)

    def actions(do: Callable[[], object]) -> set[str]:
        """What the engine told of the image, or of what is made of it, while that was done."""
        time.sleep(1.1)
        since = int(time.time())
        do()
        events = docker_engine.events(since=since, until=int(time.time()) + 1, filters={"image": image}, decode=True)
        return {str(event["Action"]) for event in cast("Iterator[dict[str, Any]]", events)}

    assert actions(lambda: snapshot(f"image://{image}")) <= {"save"}
    # Whatever is made of it would be seen.
    assert actions(lambda: docker_engine.containers.create(image).remove(v=True)) >= {"create", "destroy"}

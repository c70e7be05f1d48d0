"""Archives of images in every layout, and those that no engine would load."""

from __future__ import annotations

import gzip
import json
import platform
import random
from contextlib import suppress
from hashlib import sha256
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parity.archive import layout
from parity.archive.layers import Indexer
from parity.archive.layout import Image, open_archive, read_image
from parity.archive.reduce import Keeper
from parity.archive.stream import CutOff, Malformed
from parity.archive.tree import File, walk
from parity.errors import Incomplete, UsageError
from tests.archive.conftest import Sources
from tests.archive.tars import (
    LATER,
    blob,
    configuration,
    docker_archive,
    file,
    layer,
    link,
    oci_archive,
    pipe,
)

LAYERS = [layer(file("etc/a", "1"), file("etc/b", "1")), layer(file("etc/.wh.a")), layer(file("etc/c", "3"))]
HERE = {"os": "linux", "architecture": layout._ARCHITECTURES.get(platform.machine(), platform.machine())}


def image(data: bytes) -> Image:
    return read_image(pipe(data), Indexer(Keeper(), LATER), LATER)


def files(found: Image) -> set[str]:
    return {path for path, node in walk(found.root) if isinstance(node, File)}


def gzipped(layers: list[bytes]) -> list[bytes]:
    return [gzip.compress(data, 1) for data in layers]


@pytest.mark.parametrize(
    "data",
    [
        docker_archive(LAYERS),
        docker_archive(gzipped(LAYERS)),
        oci_archive(LAYERS),
        oci_archive(LAYERS, compress=True),
        oci_archive(LAYERS, platform={"os": "linux", "architecture": "s390x"}),
    ],
    ids=["docker", "docker, gzip", "oci", "oci, gzip", "oci, of another machine"],
)
def test_layers_are_laid_in_their_order_whatever_that_in_the_archive(data: bytes, sources: Sources) -> None:
    for source in sources(data):
        found = read_image(source, Indexer(Keeper(), LATER), LATER)
        assert files(found) == {"/etc/b", "/etc/c"}
        assert found.settings["Cmd"] == ["/usr/bin/python3", "/app/server.py"]
        assert found.identifier == "sha256:" + sha256(configuration()).hexdigest()


def test_an_archive_that_is_compressed_as_a_whole_is_opened(sources: Sources) -> None:
    for data in (docker_archive(LAYERS), gzip.compress(docker_archive(LAYERS))):
        _, source = sources(data)
        found = read_image(open_archive(source.descriptor, LATER), Indexer(Keeper(), LATER), LATER)
        assert files(found) == {"/etc/b", "/etc/c"}


def test_the_digest_is_that_of_the_manifest() -> None:
    data = oci_archive(LAYERS)
    digest = image(data).digest
    assert digest is not None
    assert f"blobs/{digest.replace(':', '/')}".encode() in data
    assert image(docker_archive(LAYERS)).digest is None


def listed(layers: list[str], members: list[bytes], **more: Any) -> bytes:
    manifest = [{"Config": "config.json", "Layers": layers, **more}]
    return layer(*members, file("config.json", configuration()), file("manifest.json", json.dumps(manifest)))


def test_a_layer_that_is_there_already_may_be_a_link_to_it() -> None:
    parts = [file("0/layer.tar", LAYERS[0]), link("1/layer.tar", "../0/layer.tar")]
    assert files(image(listed(["0/layer.tar", "1/layer.tar"], parts))) == {"/etc/a", "/etc/b"}


def test_a_layer_may_be_used_again() -> None:
    more = layer(file(".wh.etc"), file("etc/new", "x"))
    parts = [file("0", LAYERS[0]), file("1", more)]
    assert files(image(listed(["0", "1", "0"], parts))) == {"/etc/a", "/etc/b", "/etc/new"}
    assert files(image(listed(["0", "1", "0", "1"], parts))) == {"/etc/new"}
    assert files(image(listed(["0", "0"], parts))) == {"/etc/a", "/etc/b"}


def test_an_empty_image_has_no_files() -> None:
    assert files(image(listed([], []))) == set()
    assert files(image(docker_archive([layer()]))) == set()
    manifest = file("manifest.json", json.dumps([{"Config": "config.json", "Layers": None}]))
    assert files(image(layer(file("config.json", configuration()), manifest))) == set()


def index_of(*entries: tuple[bytes, dict[str, Any]]) -> bytes:
    """An OCI layout of several images: their layer, and what is added to their entry."""
    members, manifests = [], []
    for content, entry in entries:
        (layer_told, layer_blob), (config_told, config_blob) = blob(content), blob(configuration())
        told, member = blob(json.dumps({"config": config_told, "layers": [layer_told]}).encode())
        members += [layer_blob, config_blob, member]
        manifests.append({**told, **entry})
    unique = list(dict.fromkeys(members))
    return layer(*unique, file("index.json", json.dumps({"manifests": manifests})))


def test_of_several_platforms_that_of_this_machine_is_read() -> None:
    ours, theirs = layer(file("ours", "x")), layer(file("theirs", "x"))
    told = layer(file("attestation", "x"))
    data = index_of(
        (theirs, {"platform": {"os": "linux", "architecture": "mips64"}}),
        (ours, {"platform": HERE}),
        (told, {"platform": {"os": "unknown", "architecture": "unknown"}}),
    )
    assert files(image(data)) == {"/ours"}


def test_of_several_images_none_is_chosen() -> None:
    for data in (
        index_of((layer(file("a", "x")), {"platform": HERE}), (layer(file("b", "x")), {"platform": HERE})),
        index_of((layer(file("a", "x")), {}), (layer(file("b", "x")), {})),
        layer(file("manifest.json", json.dumps([{"Config": "a", "Layers": []}, {"Config": "b", "Layers": []}]))),
    ):
        with pytest.raises(UsageError, match="holds 2 images"):
            image(data)


def nested(depth: int) -> bytes:
    """An image whose index stands in as many others."""
    (layer_told, layer_blob), (config_told, config_blob) = blob(LAYERS[0]), blob(configuration())
    told, member = blob(json.dumps({"config": config_told, "layers": [layer_told]}).encode())
    members = [layer_blob, config_blob, member]
    for _ in range(depth):
        told, member = blob(json.dumps({"manifests": [told]}).encode())
        members.append(member)
    return layer(*members, file("index.json", json.dumps({"manifests": [told]})))


def test_an_index_may_stand_in_another() -> None:
    assert files(image(nested(1))) == {"/etc/a", "/etc/b"}
    with pytest.raises(Malformed, match="too deep"):
        image(nested(9))


def test_an_image_of_another_system_is_refused() -> None:
    with pytest.raises(Incomplete, match="another operating system"):
        image(docker_archive(LAYERS, configuration(os="windows")))


CONFIG = file("config.json", configuration())


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (layer(), "no image"),
        (layer(file("etc/passwd", "root")), "no image"),
        (layer(file("manifest.json", "[]")), "lists no image"),
        (layer(file("manifest.json", "{}")), "lists no image"),
        (layer(file("manifest.json", "[5]")), "no configuration"),
        (layer(file("manifest.json", '[{"Config": 5}]')), "no configuration"),
        (layer(file("manifest.json", '[{"Config": "none", "Layers": []}]')), "is not in it"),
        (layer(CONFIG, file("manifest.json", '[{"Config": "config.json", "Layers": [5]}]')), "lists no layers"),
        (layer(CONFIG, file("manifest.json", '[{"Config": "config.json", "Layers": ["x"]}]')), "a layer that it lists"),
        (listed(["0"], [file("0", "no tar at all" * 90)]), "a layer that it lists"),
        (listed(["0"], [file("0", gzip.compress(b"no tar at all" * 90))]), "a layer that it lists"),
        (listed(["0"], [link("0", "0")]), "a layer that it lists"),
        (listed(["0"], [link("0", "../../../etc/passwd")]), "a layer that it lists"),
        (layer(file("config.json", "[]"), file("manifest.json", '[{"Config": "config.json"}]')), "no JSON object"),
        (layer(file("manifest.json", "[" * 5000)), "cannot be read"),
        (layer(file("manifest.json", '[{"Config": "a", "Config": "b"}]')), "cannot be read"),
        (layer(file("manifest.json", b"[\xff\xfe]")), "cannot be read"),
        (layer(file("manifest.json", "[]"), file("./manifest.json", "[]")), "one name"),
        (layer(file("index.json", "{}")), "lists no layers"),
        (layer(file("index.json", '{"manifests": {}}')), "lists no images"),
        (layer(file("index.json", '{"manifests": []}')), "lists no images"),
        (layer(file("index.json", '{"manifests": [{"digest": "sha256:../../x"}]}')), "is none"),
        (layer(file("index.json", '{"manifests": [{"digest": 5}]}')), "is none"),
        (listed(["0"], [file("0", LAYERS[0][:600] + b"garbage" * 300)]), "no header of a tar"),
        (docker_archive(LAYERS)[:-2000], ""),
    ],
)
def test_what_no_engine_would_load_is_malformed(data: bytes, says: str) -> None:
    with pytest.raises(Malformed) as caught:
        image(data)
    assert says in str(caught.value)
    assert str(caught.value).isprintable()


def test_a_layer_that_is_cut_off_is_cut_off() -> None:
    whole = layer(file("a", random.Random(7).randbytes(5000)))
    for cut in (whole[:3000], gzip.compress(whole)[:3000]):
        with pytest.raises(CutOff):
            image(listed(["0"], [file("0", cut)]))


def test_there_are_bounds_on_what_stands_outside_of_layers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(layout, "MOST_PARTS", 20)
    with pytest.raises(Malformed, match="more members"):
        image(docker_archive(LAYERS, extra=b"".join(file(f"x{place}") for place in range(30))))
    monkeypatch.setattr(layout, "MOST_DOCUMENT", 100)
    with pytest.raises(Malformed, match="holds no image"):
        image(docker_archive(LAYERS))


@given(st.data())
def test_damage_anywhere_raises_nothing_else(data: st.DataObject) -> None:
    broken = bytearray(data.draw(st.sampled_from([docker_archive(LAYERS), oci_archive(LAYERS, compress=True)])))
    for _ in range(data.draw(st.integers(1, 6))):
        broken[data.draw(st.integers(0, len(broken) - 1))] = data.draw(st.integers(0, 255))
    with suppress(Malformed, UsageError, Incomplete):
        image(bytes(broken))

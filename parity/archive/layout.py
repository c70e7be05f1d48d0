"""Which members of an archive are an image's layers, in which order, and what the image says of itself.

Formats: Docker Image Specification v1.2, "Combined Image JSON + Filesystem Changeset Format" (`manifest.json`, what
`docker save` writes), and OCI Image Layout Specification (`index.json`, `blobs/`). An archive that is both is read as
`docker load` would. Which member is a layer is told by its first bytes, since the list comes last.
"""

from __future__ import annotations

import platform
import posixpath
import re
import stat
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from parity.archive.layers import Indexer, Layer
from parity.archive.stream import Ended, File, Malformed, Pipe, Source, unfold
from parity.archive.tar import BLOCK, HARD_LINK, Member, is_header, members
from parity.archive.tree import Directory, copied
from parity.errors import Incomplete, UsageError

MOST_PARTS = 20_000
"""Members of an archive outside of its layers."""

MOST_DOCUMENT = 4 << 20
MOST_DOCUMENTS = 32 << 20
"""Bytes of one JSON document, and of all of them."""

MOST_NESTED = 4
"""Lists of images that may stand in one another."""

_DIGEST = re.compile(r"(sha(?:256|512)):([0-9a-f]{64,128})")
_ARCHITECTURES = {"x86_64": "amd64", "aarch64": "arm64", "armv7l": "arm", "i686": "386"}


@dataclass(frozen=True, slots=True)
class Image:
    """An image as an archive holds it."""

    root: Directory
    """Its files, all layers laid over one another."""
    settings: Mapping[str, Any]
    """What a container of it is started with: Env, Entrypoint, Cmd, User, WorkingDir, Volumes."""
    identifier: str
    """`sha256:` and the digest of its configuration, which engines call it by."""
    digest: str | None
    """That of its manifest, which registries call it by, where the archive has one."""
    configuration: Mapping[str, Any]
    """All of it: when it was built, and for which system and architecture."""


def read_image(source: Source, indexer: Indexer, deadline: float) -> Image:
    """The one image in an archive. Raises Malformed, CutOff; UsageError where there are several; Incomplete."""
    size = source.size if isinstance(source, File) else None
    parts = _Parts(indexer, deadline)
    for member in members(source, size):
        parts.add(member, source)
    chosen = parts.chosen()
    layers = list(parts.layers_of(chosen.layers))
    config = parts.document(chosen.config)
    system = config.get("os", "linux")
    if system != "linux":
        raise Incomplete("it is an image for another operating system than Linux")
    settings = config.get("config")
    return Image(
        indexer.merged(layers),
        settings if isinstance(settings, dict) else {},
        "sha256:" + sha256(parts.documents[chosen.config]).hexdigest(),
        chosen.digest,
        config,
    )


class _NoTar(Exception):
    """Something compressed that is no layer, and does not matter."""


@dataclass(frozen=True, slots=True)
class _Chosen:
    """Names of members: the configuration, and the layers from the lowest on."""

    config: str
    layers: Sequence[str]
    digest: str | None = None


class _Parts:
    """What the archive holds: {name: JSON}, {name: layer}, {name: name that it links to}."""

    def __init__(self, indexer: Indexer, deadline: float) -> None:
        self.documents: dict[str, bytes] = {}
        self.layers: dict[str, Layer] = {}
        self.links: dict[str, str] = {}
        self._indexer = indexer
        self._deadline = deadline
        self._count = 0
        self._left = MOST_DOCUMENTS

    def add(self, member: Member, source: Source) -> None:
        self._count += 1
        if self._count > MOST_PARTS:
            raise Malformed("it has more members than any image, outside of its layers")
        name = posixpath.normpath(member.name)
        if member.kind in {stat.S_IFLNK, HARD_LINK}:
            above = posixpath.dirname(name) if member.kind else ""
            self.links[name] = posixpath.normpath(posixpath.join(above, member.target))
        elif member.kind == stat.S_IFREG and member.plain and member.size:
            self._file(name, member.size, source)

    def _file(self, name: str, size: int, source: Source) -> None:
        first = source.read(min(BLOCK, size))
        inflated = unfold(source, first, size, self._deadline)
        if inflated is not None:
            with suppress(_NoTar):
                self.layers[name] = self._inflated(inflated)
        elif is_header(first):
            self.layers[name] = self._indexer.layer(source, size, first, whiteouts=True)
        elif first[:1] in {b"{", b"["} and size <= min(MOST_DOCUMENT, self._left):
            if name in self.documents:
                raise Malformed("two of its documents have one name")
            self._left -= size
            self.documents[name] = first + source.read(size - len(first))

    def _inflated(self, source: Pipe) -> Layer:
        try:
            first = source.read(BLOCK)
        except Ended:
            raise _NoTar from None
        if not is_header(first):
            raise _NoTar
        return self._indexer.layer(source, None, first, whiteouts=True, marked=False)

    def chosen(self) -> _Chosen:
        """The image that is there. Raises Malformed, UsageError."""
        if "manifest.json" in self.documents:
            images = self._json("manifest.json")
            if not isinstance(images, list) or not images:
                raise Malformed("its manifest.json lists no image")
            if len(images) > 1:
                raise _several(len(images))
            image = images[0]
            if not isinstance(image, dict) or not isinstance(image.get("Config"), str):
                raise Malformed("its manifest.json names no configuration")
            return _Chosen(posixpath.normpath(image["Config"]), _names(image.get("Layers")))
        if "index.json" in self.documents:
            return self._of_index(self.document("index.json"), None, MOST_NESTED)
        raise Malformed("it holds no image: neither manifest.json nor index.json is in it")

    def _of_index(self, document: Mapping[str, Any], digest: str | None, nested: int) -> _Chosen:
        """The image that an index, or a manifest, tells of."""
        if "manifests" not in document:
            layers = document.get("layers")
            if not isinstance(layers, list):
                raise Malformed("a manifest in it lists no layers")
            return _Chosen(_blob(document.get("config")), [_blob(layer) for layer in layers], digest)
        if not nested:
            raise Malformed("its lists of images stand too deep in one another")
        entry = _this_platform(document["manifests"])
        return self._of_index(self.document(_blob(entry)), str(entry["digest"]), nested - 1)

    def layers_of(self, names: Sequence[str]) -> Iterator[Layer]:
        """The layers of these names; one that is used again comes as a copy."""
        resolved = [self._resolved(name) for name in names]
        for place, name in enumerate(resolved):
            layer = self.layers.get(name)
            if layer is None:
                raise Malformed("a layer that it lists is not in it, or is no tar")
            if name in resolved[place + 1 :]:
                again = Layer()
                again.root, again.links = copied(layer.root), layer.links
                layer = again
            yield layer

    def document(self, name: str) -> dict[str, Any]:
        """A JSON object. Raises Malformed."""
        found = self._json(name)
        if not isinstance(found, dict):
            raise Malformed("a document in it is no JSON object")
        return found

    def _json(self, name: str) -> Any:
        from parity.profile.freeze import Broken
        from parity.profile.strict import decode

        if name not in self.documents:
            raise Malformed("a document that it names is not in it")
        try:
            return decode(self.documents[name])
        except Broken as broken:
            raise Malformed(f"a document in it cannot be read: {broken}") from None

    def _resolved(self, name: str) -> str:
        """Older engines write a layer that is there already as a link to it."""
        name = posixpath.normpath(name)
        return self.links.get(name, name)


def _names(layers: Any) -> list[str]:
    if layers is None:
        return []
    if not isinstance(layers, list) or not all(isinstance(layer, str) for layer in layers):
        raise Malformed("its manifest.json lists no layers")
    return layers


def _blob(descriptor: Any) -> str:
    digest = descriptor.get("digest") if isinstance(descriptor, dict) else None
    match = _DIGEST.fullmatch(digest) if isinstance(digest, str) else None
    if match is None:
        raise Malformed("a digest in it is none")
    return f"blobs/{match[1]}/{match[2]}"


def _this_platform(entries: Any) -> dict[str, Any]:
    """The entry for this machine, of an index; the only one, whatever it is for."""
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise Malformed("its index lists no images")
    # What tells of how an image was built stands beside it, as an image for no platform.
    images = [entry for entry in entries if _platform(entry) != ("unknown", "unknown")]
    if len(images) > 1:
        here = ("linux", _ARCHITECTURES.get(platform.machine(), platform.machine()))
        images = [entry for entry in images if _platform(entry) == here] or images
    if not images:
        raise Malformed("its index lists no images")
    if len(images) > 1:
        raise _several(len(images))
    image: dict[str, Any] = images[0]
    return image


def _platform(entry: Mapping[str, Any]) -> tuple[Any, Any]:
    told = entry.get("platform")
    return (told.get("os"), told.get("architecture")) if isinstance(told, dict) else (None, None)


def _several(count: int) -> UsageError:
    return UsageError(f"the archive holds {count} images", hint="`docker save NAME` writes one of them to a file")


def open_archive(descriptor: int, deadline: float) -> Source:
    """An open file's bytes, uncompressed where they are compressed as a whole."""
    file = File(descriptor)
    first = file.read(min(BLOCK, file.size))
    inflated = unfold(file, first, file.size, deadline)
    if inflated is not None:
        return inflated
    file.position = 0
    return file

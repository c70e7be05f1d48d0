"""Tars written byte by byte, the honest and the hostile, and archives of images made of them."""

from __future__ import annotations

import gzip
import io
import json
import tarfile
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

from parity.archive.stream import Pipe

END = bytes(1024)
"""What ends a tar."""

LATER = time.monotonic() + 1e6
"""A deadline that no test meets."""

CONFIG: Mapping[str, Any] = {"Env": ["PATH=/usr/bin:/bin"], "Cmd": ["/usr/bin/python3", "/app/server.py"]}


def number(value: int, width: int) -> bytes:
    """A number as most writers put it: octal digits and a NUL."""
    return b"%0*o\0" % (width - 1, value)


def header(
    name: bytes | str,
    size: int | bytes = 0,
    kind: bytes = b"0",
    *,
    mode: int = 0o644,
    uid: int = 0,
    gid: int = 0,
    target: bytes | str = b"",
    magic: bytes = b"ustar\x0000",
    prefix: bytes = b"",
    rest: bytes = b"",
) -> bytes:
    """One block. `size` given as bytes stands as it is; `rest` takes the place of what follows the names."""
    name, target = (text.encode() if isinstance(text, str) else text for text in (name, target))
    sized = number(size, 12) if isinstance(size, int) else size
    block = name.ljust(100, b"\0")[:100] + number(mode, 8) + number(uid, 8) + number(gid, 8) + sized + number(0, 12)
    block += b" " * 8 + kind + target.ljust(100, b"\0")[:100] + magic.ljust(8, b"\0") + bytes(80)
    block += (rest or prefix.ljust(155, b"\0")).ljust(512 - len(block), b"\0")
    return block[:148] + b"%06o\0 " % sum(block) + block[156:]


def padded(data: bytes) -> bytes:
    """Content, filled up to whole blocks."""
    return data + bytes(-len(data) % 512)


def file(name: bytes | str, data: bytes | str = b"", **more: Any) -> bytes:
    """A regular file."""
    content = data.encode() if isinstance(data, str) else data
    return header(name, more.pop("size", len(content)), **more) + padded(content)


def directory(name: str, **more: Any) -> bytes:
    """A directory."""
    return header(name + "/", 0, b"5", **{"mode": 0o755, **more})


def link(name: str, target: str) -> bytes:
    """A symbolic link."""
    return header(name, 0, b"2", target=target, mode=0o777)


def other_name(name: str, target: str) -> bytes:
    """A hard link."""
    return header(name, 0, b"1", target=target)


def extended(records: Mapping[str, str | bytes], kind: bytes = b"x") -> bytes:
    """A pax header for what comes after it."""
    data = b""
    for keyword, value in records.items():
        body = b" " + keyword.encode() + b"=" + (value.encode() if isinstance(value, str) else value) + b"\n"
        length = len(body)
        while len(b"%d" % length) + len(body) != length:
            length = len(b"%d" % length) + len(body)
        data += b"%d" % length + body
    return header("PaxHeaders/x", len(data), kind) + padded(data)


def layer(*parts: bytes) -> bytes:
    """A whole tar."""
    return b"".join(parts) + END


def configuration(**more: Any) -> bytes:
    """An image's own JSON."""
    return json.dumps({"os": "linux", "architecture": "amd64", "config": {**CONFIG}, **more}).encode()


def docker_archive(layers: Sequence[bytes], config: bytes | None = None, extra: bytes = b"") -> bytes:
    """What `docker save` writes, the list of layers last."""
    config = configuration() if config is None else config
    name = sha256(config).hexdigest() + ".json"
    parts = [file(f"{place}/layer.tar", data) for place, data in enumerate(layers)]
    listed = [{"Config": name, "RepoTags": None, "Layers": [f"{place}/layer.tar" for place in range(len(layers))]}]
    return layer(*reversed(parts), file(name, config), extra, file("manifest.json", json.dumps(listed)))


def blob(data: bytes) -> tuple[dict[str, Any], bytes]:
    """(descriptor, member) of a blob of an OCI layout."""
    digest = sha256(data).hexdigest()
    return {"digest": f"sha256:{digest}", "size": len(data)}, file(f"blobs/sha256/{digest}", data)


def oci_archive(layers: Iterable[bytes], config: bytes | None = None, compress: bool = False, **entry: Any) -> bytes:
    """An OCI layout of one image; `entry` is added to its entry in the index."""
    blobs = [blob(gzip.compress(data, 1) if compress else data) for data in layers]
    told, member = blob(configuration() if config is None else config)
    manifest = json.dumps({"config": told, "layers": [one for one, _ in blobs]}).encode()
    pointed, listed = blob(manifest)
    index = json.dumps({"schemaVersion": 2, "manifests": [{**pointed, **entry}]})
    marker = file("oci-layout", '{"imageLayoutVersion": "1.0.0"}')
    return layer(marker, *(data for _, data in blobs), member, listed, file("index.json", index))


def chunks(data: bytes, size: int = 1000) -> Iterator[bytes]:
    """The data as a connection may bring it."""
    return (data[start : start + size] for start in range(0, len(data), size))


def pipe(data: bytes, size: int = 1000) -> Pipe:
    """A source that comes once."""
    return Pipe(chunks(data, size), LATER)


def written(root: Path, form: int = tarfile.GNU_FORMAT) -> bytes:
    """A directory, as Python's own writer puts it."""
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w", format=form) as archive:
        archive.add(root, ".")
    return stream.getvalue()

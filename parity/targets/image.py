"""An image: of the Docker Engine, or in an archive on disk. It is never run, and nothing of it is unpacked."""

from __future__ import annotations

import os
import re
import stat
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from parity.errors import Incomplete, TargetError, UsageError
from parity.profile import Profile
from parity.snapshot.request import Progress, Request
from parity.text import safe

if TYPE_CHECKING:
    from parity.archive.stream import Source
    from parity.snapshot.target import Reading

SUMMARY = "an image of the Docker Engine, or in an archive (docker save, OCI layout) on disk"
EXAMPLE = "image://registry.example.org/shop/web:1.4"
OPTIONS: tuple[str, ...] = ()

_ARCHIVES = (".tar", ".tar.gz", ".tgz", ".tar.zst", ".tar.zstd")
"""What the name of an archive ends with; a path that begins with `/` or `.` is one as well."""

_HOST = r"[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?(?::[0-9]{1,5})?"
_PART = r"[a-z0-9]+(?:(?:\.|_{1,2}|-+)[a-z0-9]+)*"
_DIGEST = r"sha256:[0-9a-f]{64}"
_REFERENCE = re.compile(
    rf"(?:{_HOST}/)?{_PART}(?:/{_PART})*(?::[A-Za-z0-9_][A-Za-z0-9_.-]{{0,127}})?(?:@{_DIGEST})?|{_DIGEST}"
)
"""distribution/reference, "Grammar"; or the id of an image."""

DECLARED = "the image declares this; a container of it may be started otherwise"


def parse(reference: str, options: Mapping[str, tuple[str, ...]]) -> Image:
    """image://REFERENCE, image://sha256:ID or image://PATH.tar."""
    if reference.startswith(("/", ".")) or reference.endswith(_ARCHIVES):
        return Image(Path(reference).name, reference)
    if not _REFERENCE.fullmatch(reference):
        shown = f"'{safe(_shown(reference))}'" if reference else "nothing"
        raise TargetError(
            f"image:// is followed by an image's name or by an archive, not by {shown}",
            hint=f"like {EXAMPLE}, or image://image.tar",
        )
    return Image(reference)


def _shown(reference: str) -> str:
    # What stands before an @ may be somebody's password.
    return reference.rpartition("@")[2][:60]


@dataclass(frozen=True, slots=True)
class Image:
    """An image by its name, or by the path of an archive, of which the file's name is told."""

    reference: str
    path: str | None = None
    kind: str = "image"

    def profile(self, request: Request, progress: Progress) -> Profile:
        from parity.database import read_database
        from parity.snapshot.assemble import assemble
        from parity.snapshot.probe import cutoff

        deadline = time.monotonic() + cutoff(request)
        place = f"image {safe(self.reference)}"
        progress(f"{place}: looking for it")
        if self.path is None:
            reading = self._of_engine(request, deadline, place, progress)
        else:
            reading = _of_archive(self.path, request, deadline, place, progress)
        of_host = read_database(request, of_this_machine=False, deadline=deadline)
        return assemble(self, reading, request, of_host)

    def _of_engine(self, request: Request, deadline: float, place: str, progress: Progress) -> Reading:
        from parity.archive.stream import Malformed
        from parity.engine.connect import connect, engine_errors
        from parity.engine.made import repository_digest
        from parity.engine.save import saved

        client = connect(request.timeout)
        try:
            with engine_errors(place, hint="`docker images` lists them; parity pulls none"):
                told = client.inspect_image(self.reference)  # type: ignore[no-untyped-call]
            with saved(client, told["Id"], place, deadline) as source:
                reading = _read(source, request, deadline, place, progress)
        except Malformed as error:
            raise Incomplete(f"{place} cannot be read: {error}") from None
        finally:
            client.close()
        return _named(reading, self.reference, repository_digest(told.get("RepoDigests"), self.reference))


def _of_archive(path: str, request: Request, deadline: float, place: str, progress: Progress) -> Reading:
    from parity.archive.layout import open_archive
    from parity.archive.stream import Malformed

    with _opened(path, place) as descriptor:
        try:
            return _read(open_archive(descriptor, deadline), request, deadline, place, progress)
        except Malformed as error:
            raise UsageError(f"{place} cannot be read: {error}") from None


@contextmanager
def _opened(path: str, place: str) -> Iterator[int]:
    # A pipe would wait for its writer, and a device may act when it is opened: first a look.
    try:
        if not stat.S_ISREG(Path(path).stat().st_mode):
            raise UsageError(f"{place} is no regular file")
        descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK)
    except OSError as error:
        raise UsageError(f"{place} cannot be read: {os.strerror(error.errno or 0).lower()}") from None
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def _read(source: Source, request: Request, deadline: float, place: str, progress: Progress) -> Reading:
    """What the archive of one image tells. Raises Malformed, Incomplete, UsageError."""
    from parity.archive import declared
    from parity.archive.layers import Indexer
    from parity.archive.layout import read_image
    from parity.archive.program import process
    from parity.archive.reading import keeper, prepare, read_files
    from parity.archive.view import TarView
    from parity.engine import made
    from parity.snapshot.target import Reading

    progress(f"{place}: reading its layers")
    indexer = Indexer(keeper(request), deadline)
    image = read_image(source, indexer, deadline)
    view = TarView(image.root, source, deadline)
    note = prepare(view, process(view, image.settings, "image"), indexer, request)
    read = read_files(view, indexer, request, place, progress)
    sections = dict(read.sections)
    if "environment" in sections:
        sections["environment"] = declared.environment_section(sections["environment"], DECLARED)
    sections["process"] = declared.process_section(view, DECLARED)
    sections["volumes"] = declared.volumes_section(image.settings, None, DECLARED)
    built = made.of_build(image.configuration)
    if image.digest is not None:
        built["digest"] = image.digest
    sections["container"] = made.declared(image.settings, built, DECLARED)
    identity = {"image": image.identifier, **({"digest": image.digest} if image.digest else {})}
    reading = Reading(sections, identity, read.timings)
    return reading.with_note("python", note) if note else reading


def _named(reading: Reading, reference: str, digest: str | None) -> Reading:
    """The reading of an image that an engine calls by a name, and a registry by a digest."""
    from parity.engine.made import reference as shown

    container = reading.sections["container"]
    more = {key: value for key, value in (("image", shown(reference)), ("digest", digest)) if value}
    sections = {**reading.sections, "container": replace(container, items={**container.items, **more})}
    identity = {**reading.identity, **({"digest": digest} if digest else {})}
    return replace(reading, sections=sections, identity=identity)

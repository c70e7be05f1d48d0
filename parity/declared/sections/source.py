"""The section `source`: what a deployment of the work tree would hold, tracked and not yet tracked, nothing ignored.

PATH          {digest, size, executable}, as the probe's collector of that name tells of a deployed directory
DIRECTORY/    {digest, files} where there are more files than are listed one by one
commit, branch, dirty
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from parity.declared.facts import Checkout, Files
from parity.declared.sections.made import SILENT, section
from parity.declared.source.rows import Imprint
from parity.probe.source import manifest
from parity.profile.model import Item, Section

MOST_BYTES = 64 << 20
MOST_FILES = 20_000
"""Files that are digested, and how many bytes of them in all."""
FACTS = frozenset({"branch", "commit", "dirty"})


def read(files: Files, root: Path, checkout: Checkout | None, known: Mapping[str, Imprint]) -> dict[str, Section]:
    """{"source": section} of the files of a repository whose real directory is `root`.

    `known` are the imprints of those that have been read already.
    """
    items: dict[str, Item] = {}
    hidden: dict[str, str] = {}
    left = MOST_BYTES
    for number, (path, what) in enumerate(_told(files)):
        if number >= MOST_FILES:
            hidden["*"] = f"more than {MOST_FILES:,} files"
            break
        try:
            status = Path(f"{root}/{path}").stat()
        except OSError:
            continue
        seen = None
        if what == "code" and status.st_size <= left:
            left -= status.st_size
            try:
                seen = known.get(path) or _imprint(files, path)
            except OSError:
                hidden[path] = "a file cannot be read, or is too large"
            if seen == manifest.KEPT:
                continue
        elif what == "code":
            hidden[path] = f"beyond the {MOST_BYTES >> 20} MB that are digested"
        items[path] = manifest.item(status.st_size, bool(status.st_mode & 0o111), seen)
    if not items:
        return {"source": SILENT}
    if len(items) > manifest.MOST_ITEMS:
        shadowing = {path: items[path] for path in manifest.shadowing(items)}
        items = {**manifest.directories(items), **shadowing}
    if checkout is not None and checkout.refused is None:
        items |= {"commit": checkout.commit} if checkout.commit else {}
        items |= {"branch": checkout.branch} if checkout.branch else {}
        items["dirty"] = bool(checkout.modified)
    return {"source": section(items, hidden)}


def _imprint(files: Files, path: str) -> Imprint:
    data = files.read(path, manifest.LARGEST)
    told: Imprint = manifest.imprint(lambda offset, size: data[offset : offset + size])
    return told


def _told(files: Files) -> Iterator[tuple[str, str]]:
    """(path, "code" or "other") of the files that a manifest tells of."""
    for path in files.paths:
        *directories, name = path.split("/")
        what = manifest.kind(name)
        if what in ("code", "other") and path not in FACTS and all(map(manifest.enters, directories)):
            yield path, what

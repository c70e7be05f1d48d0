"""The texts of the repository that a remedy may change: read, bounded, and nothing of them run."""

from __future__ import annotations

from pathlib import Path

_MOST = 400
_LARGEST = 512 << 10
_LOCKS = frozenset({"uv.lock", "poetry.lock", "Pipfile.lock"})


def repository_texts(directory: Path | None) -> dict[str, str]:
    """{path from the root: text} of the files that parity.fix.repository wants; of a lock only that it is there."""
    from parity.declared.walk import walk
    from parity.fix.repository import wanted

    if directory is None:
        return {}
    found: dict[str, str] = {}
    try:
        files = walk(directory)
    except OSError:
        return {}
    for path in [one for one in files.paths if wanted(one)][:_MOST]:
        if path.rpartition("/")[2] in _LOCKS:
            found[path] = ""
            continue
        try:
            # newline by newline as it stands: a patch has to fit to the byte.
            found[path] = files.read(path, _LARGEST).decode("utf-8")
        except (OSError, ValueError):
            continue
    return found

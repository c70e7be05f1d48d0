"""How a template comes into a repository: its words checked, its file new."""

from __future__ import annotations

import os
import re
from pathlib import Path

_WORKLOAD = re.compile(r"(?:kubernetes|k8s)://(?:[^/?]+/)?([a-z0-9-]+)/[a-z]+/[^/?]+(?:\?|\Z)")
# What stands in YAML and in a shell within double quotes, or as a bare word, and means nothing there. No quote, space,
# dollar, backquote or backslash; a word that starts with a dash would be an option.
_WORD = re.compile(r"[A-Za-z0-9./~][A-Za-z0-9._/:@+=~?&,%\[\]-]*")


def checked(option: str, word: str) -> str:
    """The word, as it stands in a template. Raises UsageError for one that would be more than a word there."""
    from parity.errors import UsageError
    from parity.text import safe

    if not _WORD.fullmatch(word):
        raise UsageError(f"{option}: {safe(word)!r} cannot stand in a template", hint="edit the file instead")
    return word


def installed_from() -> str | None:
    """What pip installed parity from: a repository's or an archive's address with its commit; "" for a directory or a
    file of this machine, or for no record, which is nothing to others; None for a package index.

    By https://packaging.python.org/en/latest/specifications/direct-url/. An address with a password in it is as "".
    """
    import json
    from importlib.metadata import PackageNotFoundError, distribution

    try:
        text = distribution("parity").read_text("direct_url.json")
        if text is None:
            return None
        told = json.loads(text)
    except (PackageNotFoundError, ValueError):
        return ""
    if not isinstance(told, dict):
        return ""
    url, version = str(told.get("url")), told.get("vcs_info")
    if not url.startswith("https://") or "@" in url:
        return ""
    if isinstance(version, dict) and version.get("vcs") == "git":
        return f"git+{url}@{version.get('commit_id')}"
    return url


def installation(kind: str, *, needed: bool) -> str:
    """What pip installs parity from where nobody names it. Raises UsageError for a template that needs it, where that
    is a place of this machine: a name of an index is another's, until somebody says that it is not."""
    from parity import __version__
    from parity.errors import UsageError

    source = installed_from()
    if source == "" and needed:
        raise UsageError(
            f"init {kind}: parity was installed from a directory here, which nobody else has",
            hint="--install SPEC names what pip takes elsewhere, like git+https://git.example/parity@v1",
        )
    return f"parity=={__version__}" if source is None else source


def namespace(word: str) -> str:
    """The namespace of a target in a cluster. Raises UsageError for a target that is elsewhere."""
    from parity.errors import UsageError
    from parity.text import safe

    found = _WORKLOAD.match(word)
    if found is None:
        raise UsageError(
            f"--target: {safe(word)!r} is no workload of a cluster", hint="like kubernetes://shop/deployment/web"
        )
    return found[1]


def put(place: str, text: str, *, program: bool, force: bool) -> None:
    """Write a new file, and the directories that lead to it; `-` is standard output. Raises UsageError, OutputError."""
    from parity.errors import OutputError, UsageError
    from parity.output import as_it_is, write
    from parity.text import safe

    if place == "-":
        write(place, text, disarm=as_it_is)
        return
    if os.path.lexists(place) and not force:
        raise UsageError(f"{safe(place)} is there already", hint="--force replaces it, -o - prints the template")
    try:
        Path(place).parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(f"cannot make the directory of {safe(place)}: {error.strerror}") from None
    write(place, text, mode=0o755 if program else 0o644)

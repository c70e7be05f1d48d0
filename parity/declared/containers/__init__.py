"""What a repository says of the containers that its program will run in, and of their environment.

dockerfile    (instructions, shell)   the image: its base, variables, packages, user, volumes
compose       services: variables, mounts, users, the servers beside them
kubernetes    workloads, with the ConfigMaps and Secrets that they take variables from
dotenv        examples of dotenv files, and dotenv files
document      YAML with the lines of its nodes; image: what the name of an image tells
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator

from parity.declared.containers import compose, dockerfile, dotenv, kubernetes
from parity.declared.facts import Facts, Fault, Files, Place
from parity.declared.source.modules import is_dev, of_packages
from parity.declared.text import decoded

MAX_FILE = 1 << 20
"""Bytes of one file."""
MAX_FILES = 2_000
"""Files of YAML that are looked into."""

_DOCKERFILE = re.compile(
    r"(?:Dockerfile|Containerfile)(?:[._-].*)?\Z|.*\.(?:Dockerfile|Containerfile)\Z", re.IGNORECASE
)
_COMPOSE = re.compile(r"(?:docker-)?compose(?:[._-].*)?\.ya?ml\Z", re.IGNORECASE)
# What is for developing and testing promises nothing of where the program runs.
_DEV = re.compile(
    r"(?:\A|[._/-])(?:dev|devel|develop|development|devcontainer|test|tests|testing|ci|local|override)(?=[._/-]|\Z)"
)
_ENVIRONMENT = (("environment", "*"),)


def read(files: Files) -> Facts:
    """Everything that the repository's container files and dotenv files say; a package's data is none of them."""
    data = of_packages(files.paths)
    paths = [path for path in files.paths if path not in data]
    examples = [path for path in paths if dotenv.is_example(path)]
    # A dotenv file that is committed is a promise; one that git ignores is this machine's alone.
    in_use = [path for path in paths if posixpath.basename(path) in (".env", ".envrc")]
    parts = [_read(files, path, dotenv.read) for path in (*examples, *in_use)]
    images = (one for one in paths if _DOCKERFILE.match(posixpath.basename(one)) and not _is_dev(one))
    parts += (_read(files, path, dockerfile.read) for path in images)
    wanted: list[tuple[str, Place]] = []
    for path in (one for one in paths if _COMPOSE.match(posixpath.basename(one))):
        facts, asked = _compose(files, path)
        parts.append(facts)
        wanted += asked
    parts.append(_manifests(files, paths))
    known = {*examples, *in_use}
    parts += _given(files, {path: at for path, at in reversed(wanted) if path not in known}, told=bool(examples))
    return Facts.joined(parts)


def _is_dev(path: str) -> bool:
    return is_dev(path) or _DEV.search(path.lower()) is not None


def _read(files: Files, path: str, reader: Callable[[str, str], Facts]) -> Facts:
    try:
        return reader(decoded(files.read(path, MAX_FILE)), path)
    except (OSError, ValueError) as error:
        return Facts(faults=(Fault(f"{path}: {_why(error)}", _ENVIRONMENT),))


def _why(error: OSError | ValueError) -> str:
    return (error.strerror or "cannot be read").lower() if isinstance(error, OSError) else str(error)


def _compose(files: Files, path: str) -> tuple[Facts, tuple[tuple[str, Place], ...]]:
    """What a compose file says, and the dotenv files that it asks for."""
    asked: list[tuple[str, Place]] = []

    def reader(text: str, name: str) -> Facts:
        found = compose.read(text, name)
        asked.extend(found.env_files)
        return found.facts

    facts = _read(files, path, reader)
    if _is_dev(path):
        facts = Facts(declared_names=facts.declared_names, faults=facts.faults)
    return facts, tuple(asked)


def _manifests(files: Files, paths: list[str]) -> Facts:
    texts, faults = {}, []
    yaml = [path for path in paths if path.endswith((".yaml", ".yml")) and not is_dev(path)]
    for path in yaml[:MAX_FILES]:
        if _COMPOSE.match(posixpath.basename(path)) or path.startswith(".github/"):
            continue
        try:
            data = files.read(path, MAX_FILE)
            if kubernetes.looks_like_one(data):
                texts[path] = decoded(data)
        except (OSError, ValueError) as error:
            faults.append(Fault(f"{path}: {_why(error)}"))
    if len(yaml) > MAX_FILES:
        faults.append(Fault(f"more than {MAX_FILES:,} files of YAML: the rest was not looked into", _ENVIRONMENT))
    found = kubernetes.read(texts)
    for name, path in found.env_files:
        found.keys.setdefault(name, []).extend(_read(files, path, dotenv.read).declared_names)
    return Facts.joined([found.facts(), Facts(faults=tuple(faults))])


def _given(files: Files, wanted: dict[str, Place], *, told: bool) -> Iterator[Facts]:
    """The names in the dotenv files that services are given; `told` says that there are examples of them."""
    for path, at in sorted(wanted.items()):
        try:
            text = decoded(files.read(path, MAX_FILE))
        except (OSError, ValueError):
            if not told:
                yield Facts(faults=(Fault(f"{at}: gives its service {path}, which is not here", _ENVIRONMENT),))
            continue
        yield dotenv.read(text, path)

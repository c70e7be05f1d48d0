"""The texts of the program's repository, as far as a remedy may change them, and the tool that it is installed with."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType

_DOCKERFILE = re.compile(
    r"(?:Dockerfile|Containerfile)(?:[._-].*)?\Z|.*\.(?:Dockerfile|Containerfile)\Z", re.IGNORECASE
)
_COMPOSE = re.compile(r"(?:docker-)?compose(?:[._-].*)?\.ya?ml\Z", re.IGNORECASE)
_REQUIREMENTS = re.compile(r"(?:.*[._-])?requirements(?:[._-].*)?\.(?:txt|in)\Z", re.IGNORECASE)
_EXAMPLE = re.compile(r"\.?env[._-](?:example|sample|template|dist)\Z", re.IGNORECASE)
_NAMED = frozenset(
    {"pyproject.toml", "uv.lock", "poetry.lock", "Pipfile", "Pipfile.lock", ".python-version", "alembic.ini"}
    | {"manage.py", "setup.py", "setup.cfg", ".dockerignore"}
)
_DEV = re.compile(
    r"(?:\A|[._/-])(?:dev|devel|development|devcontainer|test|tests|ci|local|override|examples?)(?=[._/-]|\Z)"
)
_PROD = re.compile(r"(?:\A|[._/-])prod(?:uction)?(?=[._/-]|\Z)")


def wanted(path: str) -> bool:
    """Whether a remedy may look into a file of the repository, by its path."""
    name = posixpath.basename(path)
    if name in _NAMED or any(one.match(name) for one in (_DOCKERFILE, _COMPOSE, _REQUIREMENTS, _EXAMPLE)):
        return True
    return name.endswith((".yaml", ".yml")) and not path.startswith(".github/")


@dataclass(frozen=True)
class Repository:
    """What is known of the files. Without any, remedies are commands alone."""

    texts: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """{path from the root, posix: text}; of a lock the text may be empty: that it is there is what counts."""

    @cached_property
    def tool(self) -> str:
        """ "uv", "poetry", "pipenv", "pip-tools" or "pip": by the lock, then by the table that only one tool reads."""
        pyproject = self.texts.get("pyproject.toml", "")
        signs = (
            ("uv", "uv.lock" in self.texts),
            ("poetry", "poetry.lock" in self.texts),
            ("pipenv", "Pipfile.lock" in self.texts or "Pipfile" in self.texts),
            ("pip-tools", self.source is not None and self.source.endswith(".in")),
            ("uv", "[tool.uv" in pyproject),
            ("poetry", "[tool.poetry" in pyproject),
        )
        return next((tool for tool, there in signs if there), "pip")

    @cached_property
    def requirements(self) -> str | None:
        """The requirements file that production installs from."""
        names = [one for one in self.texts if one.endswith(".txt") and _REQUIREMENTS.match(posixpath.basename(one))]
        return _best(names, "requirements.txt")

    @cached_property
    def source(self) -> str | None:
        """The file that names requirements for a person: what pip-compile reads, else the same as `requirements`."""
        names = [one for one in self.texts if one.endswith(".in") and _REQUIREMENTS.match(posixpath.basename(one))]
        return _best(names, "requirements.in") or self.requirements

    @cached_property
    def dockerfile(self) -> str | None:
        """The Dockerfile of production's image; None where none or several may be it."""
        return _best([one for one in self.texts if _DOCKERFILE.match(posixpath.basename(one))], "Dockerfile")

    @cached_property
    def compose(self) -> str | None:
        """The compose file of production."""
        names = [one for one in self.texts if _COMPOSE.match(posixpath.basename(one))]
        for usual in ("compose.yaml", "compose.yml", "docker-compose.yml", "docker-compose.yaml"):
            if usual in names:
                return _best(names, usual)
        return _best(names, "compose.yaml")

    @cached_property
    def example(self) -> str:
        """The example of a dotenv file, or where one would stand."""
        names = [one for one in self.texts if _EXAMPLE.match(posixpath.basename(one))]
        return _best(names, ".env.example") or ".env.example"

    def manifests(self) -> Iterator[str]:
        """The files that may hold Kubernetes resources, those for development left out."""
        for path, text in sorted(self.texts.items()):
            yaml = path.endswith((".yaml", ".yml")) and not _COMPOSE.match(posixpath.basename(path))
            if yaml and "kind:" in text and "apiVersion:" in text and not _DEV.search(path.lower()):
                yield path


def _best(paths: list[str], usual: str) -> str | None:
    """The one named after production, the usual one, or the only one that is for no development."""
    serving = sorted(one for one in paths if not _DEV.search(one.lower())) or []
    named = [one for one in serving if _PROD.search(one.lower())]
    if len(named) == 1:
        return named[0]
    if usual in serving:
        return usual
    shallow = [one for one in serving if "/" not in one] or serving
    return shallow[0] if len(shallow) == 1 else None

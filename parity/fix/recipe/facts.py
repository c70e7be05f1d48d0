"""One profile, as the files of a recipe ask for it: what is no plain word is as if it were not there."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from parity.fix.words import Refused, path, version
from parity.products import POSTGRESQL, product
from parity.profile.item import field
from parity.profile.model import Item, Profile, Section

_CODENAME = re.compile(r"\(([a-z]{3,20})\)|\b([a-z]{3,20})/sid\b")
_DISTRIBUTION = re.compile(r"([a-z]{2,20})(?: ([0-9][0-9.]{0,12}))?")
_USER = re.compile(r"[a-z_][a-z0-9_-]{0,31}")


@dataclass(frozen=True)
class Facts:
    """Frozen; everything is derived when it is asked for."""

    profile: Profile

    def section(self, name: str) -> Section | None:
        """A section, None where the profile has none."""
        return self.profile.sections.get(name)

    def items(self, name: str) -> Mapping[str, Item]:
        """What a section holds."""
        section = self.section(name)
        return section.items if section is not None else {}

    def number(self, section: str, key: str) -> int | None:
        """A whole number."""
        value = self.items(section).get(key)
        return value if isinstance(value, int) and not isinstance(value, bool) else None

    def path(self, section: str, key: str, name: str | None = None) -> str | None:
        """A path that can stand in every file."""
        item = self.items(section).get(key)
        try:
            return path(item if name is None else field(item, name))
        except Refused:
            return None

    @cached_property
    def python(self) -> str | None:
        """The version of Python."""
        try:
            return version(self.items("python").get("version"))
        except Refused:
            return None

    @cached_property
    def distribution(self) -> tuple[str, str]:
        """("debian", "13"); ("", "") where it is not told."""
        match = _DISTRIBUTION.fullmatch(str(self.items("platform").get("distribution", "")))
        return (match[1], match[2] or "") if match else ("", "")

    @cached_property
    def codename(self) -> str | None:
        """ "trixie"."""
        match = _CODENAME.search(str(self.items("platform").get("distribution_name", "")))
        return (match[1] or match[2]) if match else None

    @cached_property
    def manager(self) -> str:
        """ "apt", "apk", "dnf", "" where it is not told."""
        kinds = {"debian": "apt", "apk": "apk", "rpm": "dnf"}
        for item in self.items("system_packages").values():
            return kinds.get(str(field(item, "manager")), "")
        return ""

    @cached_property
    def own_python(self) -> bool:
        """Whether the Python is the distribution's own."""
        return self.items("python").get("base_prefix") == "/usr"

    @cached_property
    def prefix(self) -> str | None:
        """Where the virtual environment is; None without one."""
        return self.path("python", "prefix") if self.items("python").get("kind") == "venv" else None

    @cached_property
    def ids(self) -> tuple[int, int] | None:
        """(uid, gid) of the process."""
        uid, gid = self.number("process", "uid"), self.number("process", "gid")
        return None if uid is None else (uid, gid if gid is not None else uid)

    @cached_property
    def user(self) -> str | None:
        """The name of the user, where it has one."""
        name = self.items("process").get("user")
        return name if isinstance(name, str) and _USER.fullmatch(name) else None

    @cached_property
    def read_only(self) -> bool:
        """Whether the root file system cannot be written."""
        return self.items("process").get("read_only_root") is True

    @cached_property
    def server(self) -> str | None:
        """The version of PostgreSQL, where the profile has a database."""
        told = self.items("database").get("server_version") if product(self.items("database")) == POSTGRESQL else None
        return told if isinstance(told, str) and re.fullmatch(r"\d{1,2}(?:\.\d{1,3}){0,2}", told) else None

    @cached_property
    def mounts(self) -> Mapping[str, Item]:
        """{path: item} of the program's own mounts, those that every container has left out."""
        found = {}
        for key, item in self.items("volumes").items():
            try:
                where = path(key)
            except Refused:
                continue
            if where not in ("/", "/dev/shm", "/run", "/proc", "/sys", "/dev"):  # noqa: S108
                found[where] = item
        return found

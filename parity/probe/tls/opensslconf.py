"""What an openssl.cnf sets for every program: protocols, ciphers, the security level, the providers.

Format: config(5ssl) and SSL_CONF_cmd(3). Only the section that `openssl_conf` names is read by a program that asks
for none, and of its `ssl_conf` only what `system_default` names.

Floor: Python 3.8, standard library only.
"""

import os
import re

LIMIT = 1 << 20
MOST_FILES = 40
DEEPEST = 8
"""Files that include each other, and how far."""
LONGEST = 1 << 16
MOST_FILLED = 1 << 22
"""Characters of a value, once what it refers to is filled in (MAX_CONF_VALUE_LENGTH), and of all such values."""

_SECTION = re.compile(r"\[\s*([^\]]*?)\s*\]")
_INCLUDE = re.compile(r"\.include\b\s*=?\s*(.+)\Z")
_REFERENCE = re.compile(r"\$(?:\{([^}]*)\}|\(([^)]*)\)|([A-Za-z0-9_]+))")
_ENDINGS = (".cnf", ".conf")
_MODULES = ("alg_section", "engines", "oid_section", "providers", "ssl_conf")
"""What may stand in the section for programs, each the name of a section of its own."""


class Settings:
    """A configuration: {section: {name: value}}, the section before the first being "default".

    problems  [OSError of a file that could not be read, ...]
    """

    def __init__(self):
        self.sections = {"default": {}}
        self.problems = []
        self._files = self._filled = 0

    def section(self, name):
        return self.sections.get(name, {})

    def program(self):
        """{name: value} of the section for programs, as far as OpenSSL gets: it stops at a section that is not there,
        or is an empty one of commands, and takes nothing of what follows."""
        found = {}
        for name, value in self.section(self.section("default").get("openssl_conf", "")).items():
            if name in _MODULES and value not in self.sections:
                break
            if name == "ssl_conf" and not all(self.section(one) for one in self.section(value).values()):
                break
            found[name] = value
        return found

    def protocols(self):
        """{name in lower letters: value} of what holds for every TLS context; of names that are numbered, the last."""
        chosen = self.section(self.section(self.program().get("ssl_conf", "")).get("system_default", ""))
        return {name.rpartition(".")[2].lower(): value for name, value in chosen.items()}

    def providers(self):
        """The names of the providers that are activated, sorted; ["default"] where none is."""
        active = set()
        for name, section in self.section(self.program().get("providers", "")).items():
            value = self.section(section).get("activate")
            if value is not None and value.strip().lower() not in ("0", "no", "off", "false"):
                active.add(self.section(section).get("identity", name).rpartition(".")[2])
        return sorted(active) or ["default"]


def read(view, path):
    """The Settings of a file and of those that it includes. Raises OSError for the first alone."""
    found = Settings()
    _read(view, found, path, "default", 0)
    return found


def _read(view, found, path, current, depth):
    """Add a file; returns the section that it ends in."""
    found._files += 1
    text = view.text(path, LIMIT)
    for line in _lines(text):
        include = _INCLUDE.match(line)
        if include:
            for other in _included(view, found, path, include.group(1).strip(" \t\"'")):
                if depth >= DEEPEST or found._files >= MOST_FILES:
                    return current
                try:
                    current = _read(view, found, other, current, depth + 1)
                except OSError as error:
                    found.problems.append(error)
            continue
        section = _SECTION.match(line)
        if section:
            current = section.group(1)
            found.sections.setdefault(current, {})
            continue
        name, equals, value = line.partition("=")
        name = name.strip()
        if not equals or name.startswith("."):
            continue
        place, double, inner = name.partition("::")
        values = found.sections.setdefault(place if double else current, {})
        values[inner if double else name] = _value(found, current, value.strip())
    return current


def _lines(text):
    """The lines without comments; one that ends with a backslash goes on in the next."""
    pending = []
    for line in text.splitlines():
        line = _uncommented(line).strip()
        if line.endswith("\\"):
            pending.append(line[:-1])
            continue
        line = "".join([*pending, line])
        pending = []
        if line:
            yield line


def _uncommented(line):
    start, _, rest = line.partition("#")
    if not rest or ("'" not in start and '"' not in start):
        return start
    quote = ""
    for place, character in enumerate(line):
        if quote:
            quote = "" if character == quote else quote
        elif character in "\"'":
            quote = character
        elif character == "#":
            return line[:place]
    return line


def _value(found, current, text):
    def known(match):
        name = match.group(1) or match.group(2) or match.group(3) or ""
        section, double, inner = name.partition("::")
        places = (section,) if double else (current, "default")
        wanted = inner if double else name
        # $ENV:: is a variable's value: it is not looked at.
        return next((found.section(place)[wanted] for place in places if wanted in found.section(place)), "$")

    if "$" not in text:
        return text.strip("\"'")
    parts, place, size = [], 0, 0
    for match in _REFERENCE.finditer(text):
        parts += [text[place : match.start()], known(match)]
        place = match.end()
        size += len(parts[-1]) + len(parts[-2])
        if size > LONGEST or found._filled + size > MOST_FILLED:
            # A value of values of values would fill the memory; OpenSSL refuses one that is so long.
            return ""
    found._filled += size
    return "".join([*parts, text[place:]]).strip("\"'")


def _included(view, found, path, name):
    if "$" in name:
        name = _value(found, "default", name)
    if not name.startswith("/"):
        name = os.path.join(os.path.dirname(path), name)
    try:
        names = view.names(name)
    except NotADirectoryError:
        return [name]
    except OSError as error:
        found.problems.append(error)
        return []
    return [os.path.join(name, one) for one in sorted(names) if one.endswith(_ENDINGS)]

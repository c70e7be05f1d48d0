"""The packages that apk has installed, from its own database.

Source: apk-tools, apk_database(5): records of one-letter fields, parted by blank lines. `P` is the name,
`V` the version, `A` the architecture.

Floor: Python 3.8, standard library only.
"""

import re

from parity.probe.kit import why
from parity.probe.system_packages.installed import Package, Unreadable, understood

PATHS = ("/lib/apk/db/installed", "/usr/lib/apk/db/installed")
"""apk-tools 2, and 3 on a merged /usr; one is a link to the other where both are there."""

LIMIT = 64 << 20
_NAME = re.compile(rb"^[A-Za-z0-9._+][A-Za-z0-9._+\-]{0,127}$")
_VERSION = re.compile(rb"^[0-9][0-9A-Za-z.+_~\-]{0,127}$")
_ARCHITECTURE = re.compile(rb"^[A-Za-z0-9_]{1,32}$")


def read(view, section):
    """[Package, ...] of a view's database, or None where there is none; what is damaged is hidden in `section`."""
    for path in PATHS:
        try:
            data = view.read(path, LIMIT, follow=True)
        except (FileNotFoundError, NotADirectoryError):
            continue
        except OSError as error:
            section.hide("*", "the apk database: " + why(error))
            return []
        return understood(data.split(b"\n\n"), parse, section, "apk")
    return None


def parse(record):
    """The Package of one record of bytes, None when it is blank. Raises Unreadable."""
    if not record.strip():
        return None
    fields = {}
    for line in record.split(b"\n"):
        # Files follow the package's own fields and are most of a record.
        if line.startswith(b"F:"):
            break
        if line[1:2] == b":":
            fields.setdefault(line[:1], line[2:].strip())
    name = fields.get(b"P", b"")
    if not _NAME.match(name):
        raise Unreadable(None)
    version, architecture = fields.get(b"V", b""), fields.get(b"A", b"noarch")
    if not _VERSION.match(version) or not _ARCHITECTURE.match(architecture):
        raise Unreadable(name.decode("ascii"))
    return Package(name.decode("ascii"), version.decode("ascii"), architecture.decode("ascii"))

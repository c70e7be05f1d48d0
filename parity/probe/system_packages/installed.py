"""What the readers of every package manager's database share.

Floor: Python 3.8, standard library only.
"""

DATABASES = (
    "/var/lib/dpkg/status",
    "/var/lib/dpkg/status.d/*",
    "/var/lib/dpkg/arch",
    "/lib/apk/db/installed",
    "/usr/lib/apk/db/installed",
    "/var/lib/rpm/*",
    "/usr/lib/sysimage/rpm/*",
    "/usr/share/rpm/*",
)
"""Patterns of the files that the databases of dpkg, apk and rpm are made of."""


class Package:
    """One installed package: name, version and architecture as its manager writes them.

    state   None, or "unpacked", "half-configured", "half-installed": its installation stopped midway
    """

    __slots__ = ("architecture", "name", "state", "version")

    def __init__(self, name, version, architecture, state=None):
        self.name = name
        self.version = version
        self.architecture = architecture
        self.state = state


class Unreadable(ValueError):
    """A record that is damaged. `name` is the package's, or None where not even that could be read."""

    def __init__(self, name):
        ValueError.__init__(self, "a damaged record")
        self.name = name


def understood(records, parse, section, manager):
    """[Package, ...] of what `parse` makes of the records of a manager's database; a damaged one is hidden."""
    packages = []
    for record in records:
        try:
            package = parse(record)
        except Unreadable as damaged:
            section.hide(damaged.name or "*", "a damaged record in the %s database" % manager)
            continue
        if package is not None:
            packages.append(package)
    return packages


def there(view, path):
    """Whether something is at a path; what may be there and is not ours to see counts as there."""
    try:
        view.stat(path)
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError:
        return True
    return True

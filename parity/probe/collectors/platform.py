"""The operating system: distribution, kernel, architecture and C library."""

TITLE = "Platform"
WHY = "a wheel built for another C library or architecture does not load"
COMPARED = {"system": "exact"}
SEVERITY = {"missing": "info", "changed": "info", "extra": "info"}
READS = ("/etc/os-release", "/usr/lib/os-release")


def collect(view):
    from parity.probe.kit import Section

    section = Section()
    section.items["system"] = __import__("os").uname().sysname
    return section

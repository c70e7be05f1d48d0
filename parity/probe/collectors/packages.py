"""Every distribution that the program can import, read from its own files; nothing is imported or run.

An item is an object; what says nothing is left out to keep a profile of hundreds of them small:

    version    as its metadata writes it
    installer  what installed it; left out for pip
    source     "local", "git https://host/.../project", "url https://host/.../archive", "unknown"; left out
               for an index, whose address is not recorded
    revision   the commit, for what came from version control
    editable   true where imports are served from a checkout
    requires   sorted "name[extras]specifiers" that hold in this environment; what stands behind an extra
               only where an installed distribution asks for that extra
    extras     sorted names of the extras that it offers
    optional   sorted keys of installed distributions that it requires only behind extras, and nobody asked for those;
               extras for its own development left out
    provides   sorted import names; left out where that is the key with "_" for "-"
    wheel      sorted compatibility tags, where it is not pure Python
    origin     what put it on the path, where that is not site-packages
    shadowed   sorted "version (origin)" of others of this name that come later on the path

Floor: Python 3.8, standard library only.
"""

from parity.probe.packages import namespace

TITLE = "Python packages"
WHY = "code that imports a package, or calls what a version added, fails where it is not there"
COMPARED = {"version": "pep440", "revision": "exact"}
SEVERITY = {"missing": "warning", "changed": "warning", "extra": "info"}
READS = (
    "*/pyvenv.cfg",
    "*.pth",
    "*.egg",
    "*.egg-link",
    "*.egg-info",
    "*.dist-info/METADATA",
    "*.dist-info/INSTALLER",
    "*.dist-info/RECORD",
    "*.dist-info/WHEEL",
    "*.dist-info/direct_url.json",
    "*.dist-info/top_level.txt",
    "*.egg-info/*.txt",
    "*.egg-info/PKG-INFO",
    "*/EGG-INFO/*.txt",
    "*/EGG-INFO/PKG-INFO",
    "/etc/passwd",
    "/etc/group",
)
REDUCES = (("*/__init__.py", namespace.declares),)

SMALL = 1 << 16


def collect(view):
    from parity.probe.kit import Section
    from parity.probe.packages.distributions import scan
    from parity.probe.packages.importable import ImportNames
    from parity.probe.packages.required import Requirements

    view.required_interpreter()
    found = scan(view)
    section = Section()
    reader = _Reader(view, section)
    items = {key: reader.describe(one) for key, one in found.found.items()}
    Requirements(found.found, reader).add_to(items)
    ImportNames(found.found, reader).add_to(items)
    for key, others in found.shadowed.items():
        winner = items[key]
        # A checkout leaves its own egg-info beside the sources that its installation points to.
        others = [one for one in others if not (winner.get("editable") and one.version == winner["version"])]
        if others:
            winner["shadowed"] = sorted({"%s (%s)" % (one.version, one.origin) for one in others})
    section.items = items
    for key, problem in found.problems.items():
        section.hide(key, problem)
    for note in found.notes:
        section.note(note)
    _paths(view, section)
    return section


def _paths(view, section):
    import os

    interpreter = view.interpreter
    code = sorted({os.path.basename(path) for path, entry in interpreter.pth.items() if entry["code"]})
    if code:
        section.note("lines of code in .pth files were seen and not run: " + ", ".join(code))
    for path, problem in interpreter.problems.items():
        if path.endswith(".pth"):
            section.hide("*", "a .pth file cannot be read: " + problem)
    if not view.process.runs and view.process.environ is None:
        section.note("no process runs there: packages on a PYTHONPATH, or of a user alone, are not known")
    elif view.process.environ is None:
        section.hide("*", "the process's environment cannot be read: PYTHONPATH and the user's packages are not known")


class _Reader:
    """Reads the files of single distributions; what it cannot read is said of the distribution's key."""

    def __init__(self, view, section):
        self.view = view
        self.section = section

    def read(self, distribution, name, limit):
        try:
            return distribution.read(self.view, name, limit)
        except OSError as error:
            from parity.probe.kit import why

            self.section.hide(distribution.key, "%s cannot be read: %s" % (name, why(error)))
            return b""

    def describe(self, distribution):
        """The item, but for what depends on the other distributions."""
        import re

        item = {"version": distribution.version}
        files = distribution.files
        if "INSTALLER" in files:
            installer = self.read(distribution, "INSTALLER", 256).decode("ascii", "replace").strip()
            if installer != "pip":
                item["installer"] = installer if re.match(r"[A-Za-z][A-Za-z0-9._-]{0,39}\Z", installer) else "unknown"
        if "direct_url.json" in files:
            from parity.probe.packages.direct_url import origin

            item.update(origin(self.read(distribution, "direct_url.json", SMALL)))
        elif distribution.develop:
            item.update(source="local", editable=True)
        if distribution.origin != "site":
            item["origin"] = distribution.origin
        if "WHEEL" in files:
            wheel = self.read(distribution, "WHEEL", SMALL)
            if b"root-is-purelib: false" in wheel.lower():
                tags = re.findall(rb"\nTag:[ \t]*([\w.]+-[\w.]+-[\w.]+)", wheel)
                item["wheel"] = sorted({tag.decode("ascii", "replace") for tag in tags})
        return item

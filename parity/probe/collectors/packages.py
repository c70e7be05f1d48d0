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
    provides   sorted import names; left out where that is the key with "_" for "-"
    wheel      sorted compatibility tags, where it is not pure Python
    origin     what put it on the path, where that is not site-packages
    shadowed   sorted "version (origin)" of others of this name that come later on the path

Floor: Python 3.8, standard library only.
"""

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
)

SMALL = 1 << 16
LIST_LIMIT = 1 << 20


def collect(view):
    from parity.probe.distributions import scan
    from parity.probe.kit import Section, Unavailable

    if view.interpreter.foreign:
        raise Unavailable(view.interpreter.foreign)
    found = scan(view)
    section = Section()
    reader = _Reader(view, section)
    items = {key: reader.describe(one) for key, one in found.found.items()}
    _requirements(found, reader, items)
    _names(found, reader, items)
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
    if view.process.environ is None:
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
            from parity.probe.direct_url import origin

            item.update(origin(self.read(distribution, "direct_url.json", SMALL)))
        elif distribution.develop:
            item.update(source="local", editable=True)
        if distribution.origin != "site":
            item["origin"] = distribution.origin
        if "WHEEL" in files:
            wheel = self.read(distribution, "WHEEL", SMALL)
            if b"Root-Is-Purelib: false" in wheel:
                tags = re.findall(rb"\nTag:[ \t]*([\w.]+-[\w.]+-[\w.]+)", wheel)
                item["wheel"] = sorted({tag.decode("ascii", "replace") for tag in tags})
        return item


def _requirements(found, reader, items):
    """Add `requires` and `extras`: an extra that is asked for may itself ask for others."""
    from parity.probe import metadata, requirement

    markers = requirement.Markers(requirement.environment())
    parsed, waiting = {}, {}
    asked = {key: set() for key in found.found}
    requires = {key: set() for key in found.found}
    odd = set()

    def take(key, one):
        requires[key].add(one.text)
        new = [extra for extra in one.extras if extra not in asked.get(one.key, one.extras)]
        if new:
            asked[one.key].update(new)
            again.append(one.key)

    again = []
    for key, distribution in found.found.items():
        lines = distribution.headers.requires
        if not lines and "requires.txt" in distribution.files:
            text = reader.read(distribution, "requires.txt", LIST_LIMIT).decode("utf-8", "replace")
            lines = metadata.requires_txt(text)
        for line in lines:
            if line not in parsed:
                parsed[line] = requirement.parse(line)
            one = parsed[line]
            if one is None:
                odd.add(key)
            elif one.conditional:
                waiting.setdefault(key, []).append(one)
            elif one.marker is None or markers.holds(one.marker) is not False:
                take(key, one)
    again += list(waiting)
    while again:
        key = again.pop()
        for one in waiting.get(key, ()):
            if one.text not in requires[key] and markers.holds(one.marker, asked[key]) is not False:
                take(key, one)
    for key, item in items.items():
        if requires[key]:
            item["requires"] = sorted(requires[key])
        extras = {metadata.normalised(name) for name in found.found[key].headers.extras if metadata.NAME.match(name)}
        if extras:
            item["extras"] = sorted(extras)
    for key in sorted(odd):
        reader.section.hide(key, "a requirement is of no known form")


def _names(found, reader, items):
    """Add `provides`; a name that several distributions provide is looked into for a namespace that they share."""
    from parity.probe import provides

    owners, records, beside = {}, {}, {}
    names = {}
    for key, distribution in found.found.items():
        files = distribution.files
        if "top_level.txt" in files:
            names[key] = provides.from_top_level(reader.read(distribution, "top_level.txt", SMALL))
        elif "RECORD" in files:
            records[key] = _record(reader, distribution)
            names[key] = provides.from_record(records[key])
        else:
            if distribution.directory not in beside:
                beside[distribution.directory] = _beside(reader.view, distribution.directory)
            likely = key.replace("-", "_")
            names[key] = [likely] if likely in beside[distribution.directory] else []
        for name in names[key]:
            owners.setdefault(name, []).append(key)
    for name, keys in owners.items():
        if len(keys) > 1:
            for key in keys:
                distribution = found.found[key]
                if key not in records and "RECORD" in distribution.files:
                    records[key] = _record(reader, distribution)
                declared = _declared(reader.view, distribution, name)
                names[key] = [one for one in names[key] if one != name]
                names[key] += provides.below(name, records.get(key, b""), declared)
    for key, item in items.items():
        if names[key] != [key.replace("-", "_")]:
            item["provides"] = sorted(names[key])


def _record(reader, distribution):
    from parity.probe.distributions import RECORD_LIMIT

    return reader.read(distribution, "RECORD", RECORD_LIMIT)


def _beside(view, directory):
    try:
        return {name.partition(".")[0] for name in view.names(directory)}
    except OSError:
        return set()


def _declared(view, distribution, name):
    """Whether the package's `__init__` says that it is a namespace, as pkgutil's and pkg_resources' do."""
    try:
        start = view.head("%s/%s/__init__.py" % (distribution.directory, name), 4096)
    except OSError:
        return False
    return b"extend_path" in start or b"declare_namespace" in start

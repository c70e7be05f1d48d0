"""The names that each distribution lets a program import.

A name that several provide is split into those below it, as far as they share it: of `google` one provides
`google.auth`, another `google.cloud.storage`. What they still share after that, they do compete for.

Floor: Python 3.8, standard library only.
"""

from parity.probe.packages import namespace, provides
from parity.probe.packages.distributions import RECORD_LIMIT

LIST_LIMIT = 1 << 20
DEEPEST = 6
"""Levels of a shared namespace that are looked into."""


class ImportNames:
    """The import names. found: {key: Distribution}; reader: parity.probe.collectors.packages._Reader."""

    def __init__(self, found, reader):
        self.found = found
        self.reader = reader
        self.names = {}
        self._records = {}
        self._beside = {}

    def add_to(self, items):
        """Add `provides` to the items, but where it is the key itself."""
        for key, distribution in self.found.items():
            self.names[key] = self._listed(key, distribution)
            if not self.names[key] and (items[key].get("editable") or "RECORD" not in distribution.files):
                self.names[key] = self._likely(key, distribution)
        for _ in range(DEEPEST):
            if not self._split_shared():
                break
        for key, item in items.items():
            if self.names[key] != [key.replace("-", "_")]:
                item["provides"] = sorted(self.names[key])

    def _listed(self, key, distribution):
        if "top_level.txt" in distribution.files:
            return provides.from_top_level(self.reader.read(distribution, "top_level.txt", LIST_LIMIT))
        if "RECORD" in distribution.files:
            return provides.from_record(self._read_record(key))
        return []

    def _read_record(self, key):
        return self.reader.read(self.found[key], "RECORD", RECORD_LIMIT)

    def _record(self, key):
        # Kept of those alone that share a name, and are asked again: all of them together fill megabytes.
        if key not in self._records:
            self._records[key] = self._read_record(key)
        return self._records[key]

    def _likely(self, key, distribution):
        """The name that the distribution's own suggests, where it is there: Debian removes RECORD, and an
        editable installation lists no more than a .pth file."""
        interpreter = self.reader.view.interpreter
        places = [distribution.directory]
        places += [entry for entry in interpreter.path if interpreter.origins[entry].endswith(".pth")]
        likely = key.replace("-", "_")
        return [likely] if any(likely in self._stems(place) for place in places) else []

    def _stems(self, place):
        if place not in self._beside:
            try:
                self._beside[place] = {name.partition(".")[0] for name in self.reader.view.names(place)}
            except OSError:
                self._beside[place] = set()
        return self._beside[place]

    def _split_shared(self):
        """Split every name that several provide by one level; False where nothing more can be split."""
        owners = {}
        for key, names in self.names.items():
            for name in names:
                owners.setdefault(name, []).append(key)
        changed = False
        for name, keys in owners.items():
            for key in keys if len(keys) > 1 else ():
                inside = provides.within(name, self._record(key), self._declared(key, name))
                if inside:
                    self.names[key] = [one for one in self.names[key] if one != name] + inside
                    changed = True
        return changed

    def _declared(self, key, name):
        """Whether the package's `__init__` says that it is a namespace, as pkgutil's and pkg_resources' do."""
        path = "%s/%s/__init__.py" % (self.found[key].directory, name.replace(".", "/"))
        try:
            return self.reader.view.reduced(path, namespace.declares)
        except OSError:
            return False

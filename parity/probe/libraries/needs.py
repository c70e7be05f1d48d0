"""What the interpreter and the extension modules need of shared libraries from outside of their packages.

Floor: Python 3.8, standard library only.
"""

import os
import re

from parity.probe.libraries import dlopened
from parity.probe.libraries.extensions import directories

_BUILD_HASH = re.compile(r"-[0-9a-f]{8}(?=\.)")
"""What auditwheel puts into the name of a library that it bundles."""


class Need:
    """One soname.

    path      what it resolves to, None where it never does
    modules   labels of the modules that need it
    broken    those of them for which it does not resolve
    through   names of the libraries that need it on behalf of modules, None among them where a module does so itself
    versions  {symbol version: labels of who asks for it}, of the file at `path`
    """

    __slots__ = ("broken", "modules", "path", "through", "versions")

    def __init__(self):
        self.path = None
        self.modules = set()
        self.broken = set()
        self.through = set()
        self.versions = {}


class Needs:
    """All of them, of what was found (parity.probe.libraries.extensions.Extensions).

    found      {soname: Need}
    brought    paths of the libraries that packages bring along
    alien      how many modules the interpreter could not load: another architecture, or no ELF at all
    excused    sonames that do not resolve, and that a package has and must load itself
    """

    def __init__(self, view, linker, extensions):
        self.linker = linker
        self.found = {}
        self.brought = set()
        self.alien = 0
        self._own = tuple([directory + "/" for directory in directories(view)])
        self._asked = set()
        program = linker.program
        self._group(linker.edges, linker.own, [("python", program)])
        for edges, loaded, members in self._groups(extensions.modules):
            self._group(edges, loaded, members)
        for label, name in dlopened.needed(extensions.names):
            path = linker.find(name)
            need = self._need(name, path)
            need.modules.add(label)
            need.through.add(None)
            if path is None:
                need.broken.add(label)
        self.excused = {name for name, need in self.found.items() if need.broken and name in extensions.shipped}
        for name in self.excused:
            self.found[name].broken.clear()
            if self.found[name].path is None:
                del self.found[name]

    def _groups(self, modules):
        """(edges, loaded, [(label, Elf), ...]) of the modules that share one closure."""
        groups = {}
        for path, label in modules.items():
            file = self.linker.file(path)
            if file is None:
                self.alien += 1
                continue
            edges, loaded = self.linker.closure(path, file)
            groups.setdefault(id(edges), (edges, loaded, []))[2].append((label, file))
        return list(groups.values())

    def _need(self, name, path):
        need = self.found.get(name)
        if need is None:
            need = self.found[name] = Need()
        need.path = need.path or path
        return need

    def _group(self, edges, loaded, members):
        labels = [label for label, _ in members]
        for edge in edges:
            if edge.path is not None and edge.path.startswith(self._own):
                self.brought.add(edge.path)
                continue
            # What a library of the system needs from the system is its own business, unless it does not resolve.
            ours = edge.depth == 0 or edge.requirer.startswith(self._own)
            if not ours and edge.path is not None:
                continue
            need = self._need(edge.name, edge.path)
            need.modules.update(labels)
            need.through.add(_BUILD_HASH.sub("", os.path.basename(edge.requirer)) if edge.depth else None)
            if edge.path is None:
                need.broken.update(labels)
        for label, file in members:
            self._ask(file, label, loaded)
        for edge in edges:
            if edge.path is not None and edge.path not in self._asked:
                self._asked.add(edge.path)
                self._ask_for_library(edge.path, loaded, labels)

    def _ask(self, file, label, loaded):
        for name, versions in file.requires.items():
            need = self.found.get(name)
            # A library of this name that the module's package brings along answers for itself.
            if need is not None and need.path is not None and need.path == loaded.get(name):
                for version in versions:
                    need.versions.setdefault(version, set()).add(label)

    def _ask_for_library(self, path, loaded, labels):
        """What a library asks of another one: it too may be built for a newer C library than there is."""
        file = self.linker.file(path)
        ours = path.startswith(self._own)
        for name, versions in file.requires.items():
            provider = loaded.get(name)
            if provider is None or provider.startswith(self._own):
                continue
            defined = self.linker.file(provider).defines
            lacks = set(versions) - defined if defined else set()
            if not lacks and not (ours and name in self.found):
                continue
            need = self._need(name, provider)
            need.modules.update(labels)
            for version in versions if ours else lacks:
                need.versions.setdefault(version, set()).add(_BUILD_HASH.sub("", os.path.basename(path)))

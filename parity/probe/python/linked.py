"""The versions of the libraries that an interpreter is linked with, where nothing of it may be run.

What `import _ssl` would load is what the dynamic linker would find for its file, or for the program where the module
is built in; the library's own bytes say its version. One that is linked in statically says it in the module's.

Floor: Python 3.8, standard library only.
"""

import re

from parity.probe.kit import literal
from parity.probe.libraries import elf
from parity.probe.libraries.linker import linker_of
from parity.probe.python import onfile, stdlib
from parity.probe.python.build import imprint
from parity.probe.python.imprint import Imprint

_LINKED = (
    ("openssl", "ssl", "_ssl", re.compile(r"libcrypto[.-]")),
    ("sqlite", "sqlite3", "_sqlite3", re.compile(r"libsqlite3[.-]")),
    ("zlib", "zlib", "zlib", re.compile(r"libz[.-]")),
)
"""(key, module of the standard library, its extension module, the name of the library under it)."""

UNTOLD = "the file of the library does not tell its version"


def record(view, section):
    """Record `openssl`, `sqlite` and `zlib`; returns the modules of the standard library that would not load."""
    interpreter = view.interpreter
    files = stdlib.extensions(view, interpreter.build)
    try:
        linker = linker_of(view, interpreter.executable)
    except (OSError, elf.NotElf):
        for key, _, _, _ in _LINKED:
            section.hide(key, "the interpreter's file cannot be read as ELF")
        return set()
    lost = set()
    for key, module, name, library in _LINKED:
        if name in files:
            file = linker.file(files[name])
            edges = linker.closure(files[name], file)[0] if file is not None else None
            own = [files[name]]
        elif interpreter.build.builtin is None:
            section.hide(key, "what is built into the interpreter cannot be told")
            continue
        elif name in interpreter.build.builtin:
            edges, own = linker.edges, onfile.programs(linker)
        else:
            continue
        missing = edges is None or [edge.name for edge in edges if edge.path is None]
        if missing and edges is not None and (view.process.environ is None or linker.unsure.intersection(missing)):
            reason = "where %s looks for its libraries is not known whole" % name
            section.hide(key, reason)
            section.hide(literal("stdlib." + module), reason)
            lost.add(module)
        elif missing:
            lost.add(module)
            section.note("%s is there and does not load: a library that it needs is missing or too old" % name)
        else:
            _version(view, section, key, [edge.path for edge in edges if library.match(edge.name)] or own)
    return lost


def _version(view, section, key, paths):
    said = Imprint()
    for path in paths:
        try:
            said.join(view.reduced(path, imprint))
        except OSError:
            continue
    texts = said.openssl if key == "openssl" else said.zlib if key == "zlib" else said.versions
    if key == "sqlite":
        # Linked into the interpreter itself, it stands beside that one's own version.
        own = "3.%d." % view.interpreter.build.release[1]
        texts = {text for text in texts if not text.startswith(own)}
    if len(texts) == 1:
        section.items[key] = min(texts)
    else:
        section.hide(key, UNTOLD)

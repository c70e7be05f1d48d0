"""Examples of `loader`."""

from __future__ import annotations

from tests.explain.cases import trace
from tests.explain.causes.examples import FITS, NAMED, SET, SHOWN, Example

SYSTEM = {"version": "1", "manager": "debian"}
MISSING = trace(
    "ImportError: libodd.so.5: cannot open shared object file: No such file or directory",
    "~odd/__init__.py:50 <module>: x",
)
VERSION = trace(
    "ImportError: /lib/x86_64-linux-gnu/libc.so.6: version `GLIBC_2.36' not found (required by /venv/a.so)",
    "app.py:1 <module>",
)
FOUND = {"resolved": True, "needed_by": ["odd/_odd"]}
LZMA = {"needed_by": ["lib-dynload/_lzma"], "resolved": True, "version": "5"}

EXAMPLES = [
    Example(
        "a directory that goes before the system's, and another library of the name in it",
        trace(
            "ImportError: /usr/lib/python3.12/lib-dynload/_lzma.so: undefined symbol: lzma_end",
            "app.py:1 <module>: import lzma",
        ),
        {"environment.X": SET, "libraries.liblzma.so.5": {**LZMA, "file": "/usr/lib/liblzma.so.5"}},
        {"environment.LD_LIBRARY_PATH": SET, "libraries.liblzma.so.5": {**LZMA, "file": "/opt/far/liblzma.so.5"}},
        {"environment.LD_LIBRARY_PATH": NAMED},
    ),
    Example(
        "a directory more, and the library is the system's own",
        trace(
            "ImportError: /usr/lib/python3.12/lib-dynload/_lzma.so: undefined symbol: lzma_end",
            "app.py:1 <module>: import lzma",
        ),
        {"environment.X": SET},
        {"environment.LD_LIBRARY_PATH": SET},
        {"environment.LD_LIBRARY_PATH": FITS},
    ),
    Example(
        "a version that the library of another directory lacks",
        trace(
            "ImportError: /opt/far/lib/libstdc++.so.6: version `GLIBCXX_3.4.32' not found (required by a.so)",
            "app.py:1 <module>: import a",
        ),
        {"environment.X": SET},
        {"environment.LD_LIBRARY_PATH": SET},
        {"environment.LD_LIBRARY_PATH": NAMED},
    ),
    Example(
        "a library that is not found",
        MISSING,
        {"libraries.libodd.so.5": FOUND, "system_packages.libodd5": SYSTEM},
        {"libraries.libodd.so.5": {**FOUND, "resolved": False}, "system_packages.tar": SYSTEM},
        {"libraries.libodd.so.5": NAMED, "system_packages.libodd5": SHOWN},
    ),
    Example(
        "a library that ctypes asks for by its stem",
        trace("OSError: cannot load library 'libodd-1.0-0': error 0x7e", "app.py:1 f"),
        {"system_packages.libodd-1.0-0t64": SYSTEM, "system_packages.tar": SYSTEM},
        {"system_packages.tar": SYSTEM},
        {"system_packages.libodd-1.0-0t64": SHOWN},
    ),
    Example(
        "an older C library",
        VERSION,
        {
            "libraries.libc.so.6": {"resolved": True, "version": "2.36"},
            "platform.libc_version": "2.36",
            "system_packages.libc6": SYSTEM,
        },
        {
            "libraries.libc.so.6": {"resolved": True, "version": "2.31"},
            "platform.libc_version": "2.31",
            "system_packages.libc6": {**SYSTEM, "version": "0.9"},
        },
        {"libraries.libc.so.6": NAMED, "platform.libc_version": NAMED, "system_packages.libc6": SHOWN},
    ),
    Example(
        "a directory that the loader is told of",
        MISSING,
        {"environment.LD_LIBRARY_PATH": SET},
        {"environment.X": SET},
        {"environment.LD_LIBRARY_PATH": SHOWN},
    ),
    Example(
        "another library",
        MISSING,
        {"libraries.libc.so.6": {"resolved": True, "version": "2.36"}, "system_packages.libodd-doc": SYSTEM},
        {"libraries.libc.so.6": {"resolved": True, "version": "2.31"}, "system_packages.tar": SYSTEM},
    ),
    Example(
        "a function of the C library, looked up in the program",
        trace("AttributeError: python: undefined symbol: arc4random_uniform", "^ctypes/__init__.py:3 __getitem__: f()"),
        {"platform.libc_version": "2.36"},
        {"platform.libc_version": "2.31"},
        {"platform.libc_version": NAMED},
    ),
    Example(
        "a function of a library that is named",
        trace("AttributeError: /usr/lib/libsodium.so.23: undefined symbol: crypto_new", "app.py:3 f: lib.crypto_new()"),
        {"libraries.libsodium.so.23": {"version": "1.0.18"}},
        {"libraries.libsodium.so.23": {"version": "1.0.11"}},
        {"libraries.libsodium.so.23": NAMED},
    ),
]

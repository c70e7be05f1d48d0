"""Examples of `built_without`."""

from __future__ import annotations

from tests.explain.cases import trace
from tests.explain.causes.examples import NAMED, Example

WHOLE = {"python.stdlib.lzma": True, "python.stdlib.bz2": True}

EXAMPLES = [
    Example(
        "its compiled part is not found",
        trace("ModuleNotFoundError: No module named '_lzma'", "^lzma.py:27 <module>: from _lzma import *"),
        WHOLE,
        {"python.stdlib.bz2": True},
        {"python.stdlib.lzma": NAMED},
    ),
    Example(
        "a module of the library says so",
        trace("tarfile.CompressionError: lzma module is not available", "^tarfile.py:1928 xzopen: raise"),
        WHOLE,
        {"python.stdlib.bz2": True},
        {"python.stdlib.lzma": NAMED},
    ),
    Example(
        "a module that the release took away",
        trace("ModuleNotFoundError: No module named 'distutils'", "app.py:1 <module>: from distutils import util"),
        {**WHOLE, "python.stdlib.distutils": True, "python.version": "3.11.2"},
        {**WHOLE, "python.version": "3.12.1"},
        {"python.stdlib.distutils": NAMED},
    ),
    Example(
        "another module is missing",
        trace("ModuleNotFoundError: No module named '_bz2'", "^bz2.py:27 <module>: from _bz2 import *"),
        WHOLE,
        {"python.stdlib.bz2": True},
    ),
]

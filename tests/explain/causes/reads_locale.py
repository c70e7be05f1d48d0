"""Examples of `reads_locale`."""

from __future__ import annotations

from tests.explain.cases import trace
from tests.explain.causes.examples import SHOWN, Example, valued

COMM = trace("subprocess.CalledProcessError: comm: file 2 is not in sorted order", "app.py:3 <module>: run()")
RUN = {"app.py": 'import subprocess\n\nsubprocess.run(["comm", "-23", ours, theirs], check=True)\n'}
PLAIN = {"environment.LC_ALL": valued("aa"), "locale.lc_collate": "C.UTF-8"}
ENGLISH = {"environment.LC_ALL": valued("bb"), "locale.lc_collate": "en_US.UTF-8"}
BYTES = trace("UnicodeDecodeError: 'ascii' codec can't decode byte 0xc3 in position 1", "app.py:3 f: return x.read()")
OPEN = {"app.py": "def f(path):\n    with open(path) as x:\n        return x.read()\n"}
UTF8 = {"locale.encoding": "utf-8", "environment.LANG": valued("aa")}
ASCII = {"locale.encoding": "ascii", "environment.LANG": valued("bb")}

EXAMPLES = [
    Example("an order of the system", COMM, PLAIN, ENGLISH,
            {"environment.LC_ALL": (0.8, 0.95), "locale.lc_collate": (0.2, 0.6)}, RUN),
    Example("a file that is opened without an encoding", BYTES, UTF8, ASCII,
            {"locale.encoding": SHOWN, "environment.LANG": (0.1, 0.5)}, OPEN),
    Example("another LANG of the same encoding", BYTES, UTF8, {**ASCII, "locale.encoding": "utf-8"}, {}, OPEN),
    Example("an encoding that is given", BYTES, UTF8, ASCII, {},
            {"app.py": OPEN["app.py"].replace("(path) as", "(path, encoding='ascii') as")}),
]  # fmt: skip

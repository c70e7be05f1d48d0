"""Examples of `dialect`."""

from __future__ import annotations

from tests.explain.cases import trace
from tests.explain.causes.examples import NAMED, SET, SHOWN, Example

FAILED = trace(
    "subprocess.CalledProcessError: Command 'x' returned non-zero exit status 2.",
    "app.py:3 f: subprocess.run(COMMAND, shell=True, check=True)",
)
BASH = {"directory": "/usr/bin", "is": "bash"}
DASH = {"directory": "/usr/bin", "is": "dash"}
GNU = {"directory": "/usr/bin", "is": "grep"}
BUSYBOX = {"directory": "/bin", "is": "busybox"}

EXAMPLES = [
    Example(
        "a shell without arrays",
        'sh: 1: Syntax error: "(" unexpected\n' + FAILED,
        {"executables.sh": BASH},
        {"executables.sh": DASH},
        {"executables.sh": NAMED},
    ),
    Example(
        "a word of bash's, and nothing is said of it",
        trace("RuntimeError: it ended with 512", "app.py:2 f: os.system('shopt -s globstar; ls **')"),
        {"executables.sh": BASH},
        {"executables.sh": DASH},
        {"executables.sh": NAMED},
    ),
    Example(
        "an awk without a function, by the packages",
        "awk: line 2: function asort never defined\n" + FAILED,
        {"executables.gawk": "/usr/bin", "executables.mawk": "/usr/bin"},
        {"executables.mawk": "/usr/bin"},
        {"executables.gawk": NAMED},
    ),
    Example(
        "an option of GNU's",
        "grep: unrecognized option: P\n" + FAILED,
        {"executables.grep": GNU},
        {"executables.grep": BUSYBOX},
        {"executables.grep": NAMED},
    ),
    Example(
        "an order that is another locale's",
        "comm: file 1 is not in sorted order\n" + FAILED,
        {"environment.LC_ALL": {**SET, "fingerprint": "0123abcd:aa"}, "locale.lc_collate": "C"},
        {"environment.LC_ALL": {**SET, "fingerprint": "0123abcd:bb"}, "locale.lc_collate": "en_US.UTF-8"},
        {"environment.LC_ALL": NAMED, "locale.lc_collate": SHOWN},
    ),
    Example(
        "the same shell",
        'sh: 1: Syntax error: "(" unexpected\n' + FAILED,
        {"executables.sh": DASH, "executables.less": "/usr/bin"},
        {"executables.sh": DASH},
    ),
    Example(
        "a join of SQL's, and another language",
        trace("KeyError: 'total'", "app.py:3 f: row = db.execute('select 1 from a join b')['total']"),
        {"environment.LANG": SET},
        {"environment.X": SET},
    ),
]

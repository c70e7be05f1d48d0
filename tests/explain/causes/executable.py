"""Examples of `executable`."""

from __future__ import annotations

from tests.explain.cases import trace
from tests.explain.causes.examples import FITS, NAMED, SHOWN, Example, package, valued

RUN = trace(
    "FileNotFoundError: [Errno 2] No such file or directory: 'pdftotext'",
    "app.py:4 text: subprocess.run(['pdftotext', path])",
    "^subprocess.py:1955 _execute_child: raise child_exception_type(errno_num, err_msg, err_filename)",
)
BIN = {"executables.ls": "/usr/bin"}
POPPLER = {"executables.pdftotext": "/usr/bin", **BIN}

EXAMPLES = [
    Example("subprocess does not find it", RUN, POPPLER, BIN, {"executables.pdftotext": NAMED}),
    Example(
        "its package is called like it",
        trace("RuntimeError: Cannot find command 'git' - do you have 'git' installed?", "app.py:4 clone: run('git')"),
        {"executables.git": "/usr/bin", "system_packages.git": {"version": "2", "manager": "debian"}},
        {**BIN, "system_packages.tar": {"version": "1", "manager": "debian"}},
        {"executables.git": NAMED, "system_packages.git": (0.6, 0.9)},
        {"app.py": "def clone():\n    x()\n\n    run('git')\n"},
    ),
    Example(
        "a shell does not find what a package brings",
        "/entrypoint.sh: line 3: servo: command not found",
        {"executables.servo": "/venv/bin", "packages.servo": package("1.0"), **BIN},
        {**BIN, "packages.rich": package("1")},
        {"executables.servo": NAMED, "packages.servo": NAMED},
    ),
    Example(
        "it is there, and PATH does not lead to it",
        "/entrypoint.sh: line 3: servo: command not found",
        {"executables.servo": "/venv/bin", "environment.PATH": valued("a", "list"), **BIN},
        {"environment.PATH": valued("b", "list"), **BIN},
        {"executables.servo": NAMED, "environment.PATH": FITS},
    ),
    Example(
        "a wrapper that is called after it",
        trace("RuntimeError: executable could not start", "app.py:4 draw: g()", "~pygraphs/run.py:2 render: x"),
        {"executables.graphs": "/usr/bin", **BIN, "packages.pygraphs": package("1")},
        {**BIN, "packages.pygraphs": package("1")},
        {"executables.graphs": SHOWN},
    ),
    Example("another program is missing", RUN, {"executables.jq": "/usr/bin", **BIN}, BIN),
    Example(
        "a path that is no program",
        trace("FileNotFoundError: [Errno 2] No such file or directory: '/x'", "app.py:4 f"),
        POPPLER,
        BIN,
    ),
]

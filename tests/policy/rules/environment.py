"""Severities of `environment`."""

from __future__ import annotations

from tests.policy.findings import ERROR, INFO, WARNING, Case

SET, EMPTY = {"state": "set", "from": "process"}, {"state": "empty", "from": "process"}


def valued(fingerprint: str, shape: str = "text", *around: str) -> dict[str, object]:
    """A variable that is set, to a value of which that is known."""
    return {**SET, "fingerprint": f"0123abcd:{fingerprint}", "shape": shape, "around": list(around)}


CASES: list[Case] = [
    ({"X": valued("a")}, {"X": valued("a")}, {}),
    ({"X": valued("a")}, {"X": SET}, {}),
    ({"X": valued("a")}, {"X": {**SET, "fingerprint": "ffffffff:b"}}, {}),
    ({"X": valued("a")}, {"X": valued("b")}, {"X": ("value", INFO)}),
    *(
        ({name: valued("a")}, {name: valued("b")}, {name: ("value", WARNING)})
        for name in ("TZ", "LC_ALL", "PYTHONPATH", "PATH", "LD_LIBRARY_PATH", "PYTHONHASHSEED")
    ),
    *(
        ({name: valued("a", "integer")}, {name: valued("b", "text")}, {})
        for name in ("HOSTNAME", "HOME", "POD_IP", "PWD", "PYTHON_VERSION", "GPG_KEY")
    ),
    ({"X": valued("a")}, {"X": EMPTY}, {"X": ("emptied", ERROR)}),
    ({"X": valued("a", "integer")}, {"X": valued("b", "text")}, {"X": ("shape", WARNING)}),
    ({"X": valued("a", "integer")}, {"X": valued("b", "integer", "quotes")}, {"X": ("shape", WARNING)}),
    ({"X": valued("a", "url", "space")}, {"X": valued("b", "url")}, {"X": ("shape", WARNING)}),
    ({"X": valued("a", "url")}, {"X": valued("b", "path")}, {"X": ("shape", WARNING)}),
    # What reads a number reads a whole one, and 1 for true.
    ({"X": valued("a", "number")}, {"X": valued("b", "integer")}, {"X": ("value", INFO)}),
    ({"X": valued("a", "boolean")}, {"X": valued("b", "integer")}, {"X": ("value", INFO)}),
    ({"X": {**SET, "shape": "path"}}, {"X": {**SET, "shape": "list"}}, {"X": ("shape", INFO)}),
    ({"DATABASE_URL": SET}, {}, {"DATABASE_URL": ("missing", ERROR)}),
    ({"DATABASE_URL": EMPTY}, {}, {"DATABASE_URL": ("missing", ERROR)}),
    ({"STRIPE_SECRET_KEY": SET}, {"STRIPE_SECRET_KEY": EMPTY}, {"STRIPE_SECRET_KEY": ("emptied", ERROR)}),
    ({"X": EMPTY}, {"X": SET}, {"X": ("filled", INFO)}),
    ({}, {"X": SET}, {"X": ("extra", INFO)}),
    ({"X": SET}, {"X": {"state": "set", "from": "dotenv"}}, {}),
    *(
        ({}, {name: SET}, {name: ("behaviour", WARNING)})
        for name in ("PYTHONPATH", "LC_ALL", "LANG", "TZ", "https_proxy", "NO_PROXY", "LD_PRELOAD")
    ),
    *(({name: SET}, {}, {name: ("missing", WARNING)}) for name in ("LANG", "LC_ALL", "TZ", "PYTHONHASHSEED")),
    # They change nothing that a program computes.
    *(({name: SET}, {}, {name: ("missing", INFO)}) for name in ("MALLOC_ARENA_MAX", "PYTHONUNBUFFERED")),
    *(({}, {name: SET}, {name: ("behaviour", INFO)}) for name in ("PYTHONDONTWRITEBYTECODE", "PYTHONFAULTHANDLER")),
    *(
        ({name: SET}, {}, {name: ("surroundings", INFO)})
        for name in (
            "SHLVL",
            "PS1",
            "XDG_SESSION_ID",
            "WAYLAND_DISPLAY",
            "VSCODE_PID",
            "SSH_AUTH_SOCK",
            "SUDO_USER",
            "CONDA_PREFIX",
            "CI",
            "TERM",
            "INVOCATION_ID",
            "PIP_INDEX_URL",
            "PYTHONSTARTUP",
            "__CF_USER_TEXT_ENCODING",
        )
    ),
    *(
        ({name: SET}, {}, {name: ("missing", ERROR)})
        for name in (
            "HOME",
            "PATH",
            "HTTPS_PROXY",
            "LD_LIBRARY_PATH",
            "PYTHONHOME",
            "PYTHONPATH",
            "GITHUB_TOKEN",
            "AUTH_SERVICE_HOST",
            "GITLAB_TOKEN",
            "BUILD_ID",
            "TF_CPP_MIN_LOG_LEVEL",
            "FF_NEW_CHECKOUT",
            "STATE_DIRECTORY",
        )
    ),
    *(({name: SET}, {}, {name: ("missing", WARNING)}) for name in ("SSL_CERT_FILE", "REQUESTS_CA_BUNDLE")),
    ({"SSL_CERT_FILE": SET}, {"SSL_CERT_FILE": EMPTY}, {"SSL_CERT_FILE": ("emptied", ERROR)}),
]

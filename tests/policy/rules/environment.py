"""Severities of `environment`."""

from __future__ import annotations

from tests.policy.findings import ERROR, INFO, WARNING, Case

SET, EMPTY = {"state": "set", "from": "process"}, {"state": "empty", "from": "process"}
CASES: list[Case] = [
    ({"DATABASE_URL": SET}, {}, {"DATABASE_URL": ("missing", ERROR)}),
    ({"DATABASE_URL": EMPTY}, {}, {"DATABASE_URL": ("missing", ERROR)}),
    ({"STRIPE_SECRET_KEY": SET}, {"STRIPE_SECRET_KEY": EMPTY}, {"STRIPE_SECRET_KEY": ("emptied", ERROR)}),
    ({"X": EMPTY}, {"X": SET}, {"X": ("filled", INFO)}),
    ({}, {"X": SET}, {"X": ("extra", INFO)}),
    ({"X": SET}, {"X": {"state": "set", "from": "dotenv"}}, {}),
    *(
        ({}, {name: SET}, {name: ("behaviour", WARNING)})
        for name in ("PYTHONPATH", "LC_ALL", "LANG", "TZ", "https_proxy", "NO_PROXY", "LD_PRELOAD", "MALLOC_ARENA_MAX")
    ),
    *(
        ({name: SET}, {}, {name: ("missing", WARNING)})
        for name in ("LANG", "LC_ALL", "TZ", "MALLOC_ARENA_MAX", "PYTHONUNBUFFERED", "PYTHONDONTWRITEBYTECODE")
    ),
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
            "SSL_CERT_FILE",
        )
    ),
]

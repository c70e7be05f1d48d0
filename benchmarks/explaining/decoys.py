"""Innocent differences, the same ones in each run: what any laptop and any server differ in.

Packages and executables come with the image that a side stands on (`dress`, one of a few that all failures share);
variables, options and settings are drawn for each failure from a generator seeded with its name.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from random import Random

from benchmarks.explaining.recipe import Database, Failure, Side

DRESSES: Mapping[str, int] = {"bookworm": 3, "trixie": 1, "bullseye": 1, "sid": 1}
"""Release -> how many images of each side there are to stand on."""

_PACKAGES: Mapping[str, Sequence[str]] = {
    "boltons": ("23.0.0", "24.0.0", "24.1.0"),
    "cachetools": ("5.3.0", "5.3.3", "5.5.0"),
    "certifi": ("2023.7.22", "2024.2.2", "2024.8.30"),
    "charset-normalizer": ("3.1.0", "3.3.2", "3.4.0"),
    "click": ("8.1.3", "8.1.6", "8.1.7"),
    "colorama": ("0.4.5", "0.4.6"),
    "filelock": ("3.12.4", "3.15.4", "3.16.1"),
    "humanize": ("4.8.0", "4.9.0", "4.10.0"),
    "idna": ("3.4", "3.7", "3.10"),
    "more-itertools": ("9.1.0", "10.2.0", "10.5.0"),
    "packaging": ("23.1", "23.2", "24.1"),
    "pathspec": ("0.11.2", "0.12.1"),
    "platformdirs": ("3.10.0", "4.2.2", "4.3.6"),
    "pygments": ("2.16.1", "2.17.2", "2.18.0"),
    "pyparsing": ("3.0.9", "3.1.2", "3.1.4"),
    "python-dateutil": ("2.8.2", "2.9.0.post0"),
    "six": ("1.15.0", "1.16.0"),
    "sortedcontainers": ("2.3.0", "2.4.0"),
    "tenacity": ("8.2.3", "8.5.0", "9.0.0"),
    "toolz": ("0.12.0", "0.12.1", "1.0.0"),
    "tqdm": ("4.65.0", "4.66.2", "4.66.5"),
    "wcwidth": ("0.2.6", "0.2.9", "0.2.13"),
    "zipp": ("3.17.0", "3.19.2", "3.20.2"),
}
_PACKAGES_OF = {
    "local": ("pytest==8.1.1", "iniconfig==2.0.0", "pluggy==1.5.0", "mypy-extensions==1.0.0", "pycodestyle==2.11.1"),
    "production": ("statsd==4.0.1", "prometheus-client==0.20.0", "python-json-logger==2.0.7"),
}
_APT_OF = {"local": ("less", "bc", "procps"), "production": ("netbase",)}

_VARIABLES_OF = {
    "local": {
        "EDITOR": "vim", "PAGER": "less", "LESS": "-R", "TERM": "xterm-256color", "GIT_AUTHOR_NAME": "dev",
        "COLORTERM": "truecolor", "DEBUG_TOOLBAR": "1", "FEATURE_NEW_CHECKOUT": "on", "COMPOSE_PROJECT_NAME": "work",
        "SHLVL": "2", "VIRTUAL_ENV_PROMPT": "venv", "XDG_RUNTIME_DIR": "/run/user/1000", "LOG_FORMAT": "console",
    },
    "production": {
        "KUBERNETES_SERVICE_HOST": "10.3.0.1", "KUBERNETES_SERVICE_PORT": "443", "POD_NAMESPACE": "shop",
        "NODE_NAME": "node-7", "RELEASE": "2024.11.3", "OTEL_SERVICE_NAME": "worker",
        "SENTRY_ENVIRONMENT": "production", "PYTHONUNBUFFERED": "1", "PYTHONFAULTHANDLER": "1", "MALLOC_ARENA_MAX": "2",
        "STATSD_HOST": "10.3.4.8", "DEPLOYED_BY": "argo", "LOG_FORMAT": "json", "PIP_NO_CACHE_DIR": "1",
    },
}  # fmt: skip
_VALUES = {
    "LOG_LEVEL": ("DEBUG", "WARNING"),
    "CACHE_TTL": ("5", "300"),
    "APP_ENV": ("development", "production"),
    "HTTP_TIMEOUT": ("60", "10"),
    "MAX_UPLOAD_MB": ("100", "25"),
    "SESSION_COOKIE_SECURE": ("false", "true"),
    "SUPPORT_EMAIL": ("dev@example.org", "support@example.com"),
    "TRACE_SAMPLE_RATE": ("1.0", "0.05"),
    "WORKER_CLASS": ("sync", "gthread"),
}
_OPTIONS = {
    "nofile": ("--ulimit=nofile=16384:16384", "--ulimit=nofile=4096:8192"),
    "memory": ("--memory=4g", "--memory=768m"),
    "cpu": ("--cpus=2", "--cpus=1.5"),
    "shm": ("--shm-size=128m", "--shm-size=64m"),
    "pids": ("--pids-limit=4000", "--pids-limit=400"),
    "core": ("--ulimit=core=-1", "--ulimit=core=0"),
    "run": ("--tmpfs=/run/lock", "--tmpfs=/run/shop"),
    "capability": ("--cap-add=SYS_PTRACE", "--cap-drop=MKNOD"),
}
_NETWORK = {
    "hostname": ("--hostname=laptop", "--hostname=web-7c9f"),
    "search": ("--dns-search=home.arpa", "--dns-search=shop.svc.cluster.local"),
    "host": ("--add-host=mailhog:127.0.0.1", "--add-host=metadata.internal:169.254.169.254"),
}
_SETTINGS = {
    "work_mem": ("4MB", "16MB"),
    "jit": ("on", "off"),
    "deadlock_timeout": ("1s", "2s"),
    "max_wal_senders": ("10", "5"),
    "max_locks_per_transaction": ("64", "128"),
    "track_commit_timestamp": ("off", "on"),
    "gin_fuzzy_search_limit": ("0", "5000"),
}


def dress(failure: Failure, side: str, base: str) -> str:
    """The name of the dressed base image that a side of a failure stands on: RELEASE-SIDE-NUMBER."""
    return f"{base}-{side}-{Random(failure.name).randrange(DRESSES[base])}"


def worn(name: str) -> tuple[list[str], tuple[str, ...]]:
    """(pinned distributions without their dependencies, Debian packages) of a dressed base image."""
    _, side, _ = name.split("-")
    random = Random(name)
    chosen = [f"{package}=={random.choice(versions)}" for package, versions in _PACKAGES.items()]
    return sorted([*chosen, *_PACKAGES_OF[side]]), _APT_OF[side]


def decorated(failure: Failure, name: str, side: Side) -> Side:
    """A side, `local` or `production`, with variables, options and settings that do not matter here."""
    random = Random(f"{failure.name} {name}")
    shared = Random(failure.name)
    place = 0 if name == "local" else 1
    own = {**_VARIABLES_OF[name]}
    variables = {key: own[key] for key in random.sample(sorted(own), 9)}
    variables |= {key: _VALUES[key][place] for key in shared.sample(sorted(_VALUES), 4)}
    options = [
        _OPTIONS[kind][place] for kind in shared.sample(sorted(_OPTIONS), 4) if not _claimed(failure, side, kind)
    ]
    if side.database is None and "network" not in failure.undressed:
        options += [_NETWORK[kind][place] for kind in shared.sample(sorted(_NETWORK), 2)]
    if name == "production" and "user" not in failure.undressed and shared.random() < 0.4:
        options.append("--user=1000:1000")
    return replace(
        side,
        variables={**variables, **side.variables},
        options=(*options, *side.options),
        database=_tuned(side.database, shared, place),
    )


def _claimed(failure: Failure, side: Side, kind: str) -> bool:
    return kind in failure.undressed or any(
        kind in option for one in (side, failure.local, failure.production) for option in one.options
    )


def _tuned(database: Database | None, shared: Random, place: int) -> Database | None:
    if database is None:
        return None
    settings = {key: _SETTINGS[key][place] for key in shared.sample(sorted(_SETTINGS), 3)}
    return replace(database, settings={**settings, **database.settings})

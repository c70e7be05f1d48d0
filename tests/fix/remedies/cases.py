"""Each kind of remedy by the differences that it is for: what to run, and what stands in the files then.

A row: the kind (packages, variables …), what differs, the repository's files, words that a command must hold, and
lines that a file must hold with the patch in it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.fix.cases import COMPOSE, DEBIAN, DOCKERFILE, MANIFEST

IMAGE = {"Dockerfile": DOCKERFILE}
BOTH = {**IMAGE, "compose.yaml": COMPOSE}
PODS = {"deploy/web.yaml": MANIFEST}
PRODUCTION = {"process.uid": 1000, "process.gid": 1000}
CLUSTER = ("kubernetes", "shop/deployment/web")
UNIT = ("systemd", "web.service")


@dataclass(frozen=True)
class Row:
    """One difference, and what becomes of it."""

    kind: str
    label: str
    local: Any
    production: Any
    commands: tuple[str, ...] = ()
    files: Mapping[str, str] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)
    target: tuple[str, str] = ("docker", "web")
    beside: Mapping[str, Any] = field(default_factory=dict)
    """What both sides have."""
    there: Mapping[str, Any] = field(default_factory=dict)
    """What production has besides."""
    here: Mapping[str, Any] = field(default_factory=dict)


V = {"version": "2.0"}
W = {"version": "1.0"}
SET = {"state": "set"}
WRITABLE = {
    "exists": True,
    "kind": "volume",
    "uid": 1000,
    "gid": 1000,
    "mode": "0755",
    "readable": True,
    "writable": True,
}
OF_ROOT = {**WRITABLE, "uid": 0, "gid": 0, "writable": False}
FOUND = {"resolved": True, "needed_by": ("magic",)}
LOST = {**FOUND, "resolved": False}

ROWS = (
    Row("packages", "packages.flask", V, W, ("docker exec --user 0 web sh -c 'python3 -m pip install flask==2.0'",)),
    Row("packages", "packages.flask", V, None, ("uv add flask==2.0", "docker build"), texts={"uv.lock": "", **IMAGE}),
    Row("packages", "packages.flask", V, None, ("poetry add flask==2.0",), texts={"poetry.lock": ""}),
    Row("packages", "packages.flask", V, None, ("pipenv install flask==2.0",), texts={"Pipfile.lock": ""}),
    Row(
        "packages",
        "packages.flask",
        V,
        W,
        ("pip-compile --upgrade-package flask==2.0 requirements.in",),
        {"requirements.in": "a\nflask==2.0\n"},
        {"requirements.in": "a\nFlask>=1\n", "requirements.txt": "a==1\nflask==1.0\n"},
    ),
    Row(
        "packages",
        "packages.flask",
        V,
        W,
        (),
        {"requirements.txt": "flask==2.0  # web\n"},
        {"requirements.txt": "flask==1.0  # web\n"},
    ),
    Row(
        "packages",
        "packages.flask",
        V,
        W,
        ("uv add",),
        {"pyproject.toml": "    \"flask==2.0 ; python_version > '3'\",\n"},
        {"uv.lock": "", "pyproject.toml": "[project]\ndependencies = [\n    \"flask>=1; python_version > '3'\",\n]\n"},
    ),
    Row("packages", "packages.flask", None, V, ("-m pip install flask==2.0",)),
    Row(
        "packages",
        "packages.flask",
        {"version": "2.0", "source": "git https://example.org/flask", "revision": "abc123"},
        None,
        ("'flask @ git+https://example.org/flask@abc123'\"'\"'",),
    ),
    Row("variables", "environment.STRIPE_KEY", SET, None, ("read -rs STRIPE_KEY", "docker run --env STRIPE_KEY")),
    Row(
        "variables",
        "environment.STRIPE_KEY",
        SET,
        None,
        ("docker compose up",),
        {"compose.yaml": "      STRIPE_KEY: ${STRIPE_KEY:?is not set}\n", ".env.example": "A=\nSTRIPE_KEY=\n"},
        {**BOTH, ".env.example": "A=\n"},
    ),
    Row(
        "variables",
        "environment.STRIPE_KEY",
        SET,
        None,
        ("kubectl --namespace=shop create secret generic web-stripe-key", "kubectl --namespace=shop apply"),
        {"deploy/web.yaml": "            - name: STRIPE_KEY\n              valueFrom:\n"},
        PODS,
        CLUSTER,
    ),
    Row("variables", "environment.STRIPE_KEY", SET, None, ("systemctl edit web.service",), target=UNIT),
    Row(
        "volumes",
        "volumes./data",
        WRITABLE,
        OF_ROOT,
        ("docker compose exec --user 0 web chown -R 1000:1000 /data", "docker compose up --detach --build web"),
        {"Dockerfile": "RUN install -d -o 1000 -g 1000 /data\nVOLUME /data\n"},
        BOTH,
        ("compose", "web"),
        PRODUCTION,
    ),
    Row(
        "volumes",
        "volumes./data",
        WRITABLE,
        OF_ROOT,
        ("kubectl --namespace=shop apply",),
        {"deploy/web.yaml": "      securityContext:\n        fsGroup: 1000\n      containers:\n"},
        PODS,
        CLUSTER,
        PRODUCTION,
    ),
    Row(
        "volumes",
        "volumes./media",
        {**WRITABLE, "read_only": False},
        {**WRITABLE, "read_only": True, "writable": False},
        ("docker compose up",),
        {"compose.yaml": "      - ./media:/media\n"},
        BOTH,
        ("compose", "web"),
        PRODUCTION,
    ),
    Row(
        "process",
        "process.home",
        {"path": "/home/app", "exists": True, "readable": True, "writable": True},
        {"path": "/root", "exists": True, "readable": False, "writable": False},
        ("docker compose up --detach --build",),
        {"Dockerfile": "RUN install -d -o 1000 -g 1000 /home/app\nUSER app\n"},
        BOTH,
        beside=PRODUCTION,
    ),
    Row(
        "process",
        "process.uid",
        1000,
        0,
        (),
        {"compose.yaml": '    user: "1000:1000"\n'},
        BOTH,
        here={"process.gid": 1000},
    ),
    Row(
        "installs",
        "libraries.libmagic.so.1",
        FOUND,
        LOST,
        ("docker compose up",),
        {"Dockerfile": "FROM python:3.12-slim\nRUN apt-get update && apt-get install --yes --no-install-recom"},
        BOTH,
        beside=DEBIAN,
    ),
    Row(
        "installs",
        "libraries.libmagic.so.1",
        FOUND,
        LOST,
        ("apk add --no-cache so:libmagic.so.1",),
        beside={"platform.distribution": "alpine 3.20.1"},
    ),
    Row(
        "installs",
        "executables.node",
        "/usr/bin",
        None,
        ("install --yes --no-install-recommends nodejs",),
        beside={**DEBIAN, "executables.ls": "/usr/bin"},
    ),
    Row(
        "installs",
        "system_packages.jq",
        {"manager": "rpm", "version": "1.7"},
        None,
        ("dnf install --assumeyes jq",),
        beside={"platform.distribution": "fedora 40"},
    ),
    Row(
        "python",
        "python.version",
        "3.11.2",
        "3.12.4",
        ("docker build",),
        {"Dockerfile": "FROM python:3.11-slim\nCOPY"},
        IMAGE,
    ),
    Row("python", "python.flags.optimize", 0, 1, (), {"Dockerfile": "ENV PYTHONOPTIMIZE=\n"}, IMAGE),
    Row(
        "python",
        "python.stdlib.lzma",
        True,
        False,
        ("pyenv install --force",),
        {"Dockerfile": "liblzma-dev"},
        IMAGE,
        beside={**DEBIAN, "python.base_prefix": "/usr/local"},
    ),
    Row(
        "database",
        "database.statement_timeout",
        "0ms",
        "10ms",
        ("""ALTER ROLE :"USER" IN DATABASE :"DBNAME" SET statement_timeout = '"'"'0ms'"'"';""",),
    ),
    Row("database", "database.search_path", '"$user", public', "x", ("""SET search_path = "$user", "public";""",)),
    Row("database", "database.max_connections", 100, 20, ("ALTER SYSTEM SET max_connections = 100;", "$ADMIN_URL")),
    Row(
        "database",
        "database.extensions.hstore",
        {"version": "1.8"},
        None,
        ('CREATE EXTENSION IF NOT EXISTS "hstore"',),
    ),
    Row("database", "database.privileges.create_in_public", True, False, ('GRANT CREATE ON SCHEMA public TO :"role"',)),
    Row(
        "database",
        "database.server_version",
        "17.2",
        "15.8",
        ("docker compose up",),
        {"compose.yaml": "    image: postgres:15\n"},
        BOTH,
    ),
    Row("database", "database.encoding", "UTF8", "LATIN1", ("pg_dump", "TEMPLATE template0 ENCODING")),
    Row(
        "migrations",
        "database.migrations.alembic",
        {"heads": ("b2",), "applied": 1},
        {"heads": ("a1",), "applied": 1},
        ("docker exec web alembic upgrade heads",),
    ),
    Row(
        "migrations",
        "database.migrations.django.shop",
        {"heads": ("0002_x",), "applied": 2, "names": ("0001_y", "0002_x")},
        {"heads": ("0001_y",), "applied": 1, "names": ("0001_y",)},
        ("docker exec web python3 manage.py migrate --no-input",),
    ),
    Row(
        "locale",
        "locale.encoding",
        "utf-8",
        "ascii",
        (),
        {"Dockerfile": "ENV LANG=C.UTF-8\n"},
        IMAGE,
        beside={"environment.PATH": SET},
        here={"locale.lc_ctype": "C.UTF-8"},
        there={"locale.lc_ctype": "C"},
    ),
    Row(
        "locale",
        "locale.available.de_DE.UTF-8",
        True,
        None,
        (),
        {"Dockerfile": "echo 'de_DE.UTF-8 UTF-8' >> /etc/locale.gen && locale-gen"},
        IMAGE,
        beside=DEBIAN,
        here={"locale.lc_ctype": "de_DE.UTF-8", "locale.lc_ctype_exists": True},
    ),
    Row(
        "locale",
        "locale.available.de_DE.UTF-8",
        True,
        None,
        ("ssh web.internal 'sudo sh -c", ">> /etc/locale.gen && locale-gen"),
        target=("ssh", "web.internal"),
        beside=DEBIAN,
        here={"locale.lc_ctype": "de_DE.UTF-8", "locale.lc_ctype_exists": True},
    ),
    Row("time", "time.zone", "Europe/Berlin", "Etc/UTC", (), {"Dockerfile": "ENV TZ=Europe/Berlin\n"}, IMAGE),
    Row(
        "time",
        "time.zoneinfo",
        True,
        False,
        (),
        {"Dockerfile": "install --yes --no-install-recommends tzdata"},
        IMAGE,
        beside=DEBIAN,
    ),
    Row(
        "tls",
        "tls.roots",
        140,
        0,
        (),
        {"Dockerfile": "ca-certificates"},
        IMAGE,
        beside={**DEBIAN, "tls.ca_bundle": "none"},
    ),
    Row(
        "tls",
        "tls.own_roots",
        1,
        0,
        (),
        {"Dockerfile": "COPY certificates/*.crt /usr/local/share/ca-certificates/\nRUN update-ca-certificates\n"},
        IMAGE,
        beside=DEBIAN,
    ),
    Row(
        "limits",
        "limits.memory",
        512 << 20,
        128 << 20,
        (),
        {"deploy/web.yaml": "              memory: 512Mi  # too little?\n"},
        PODS,
        CLUSTER,
    ),
    Row(
        "limits",
        "limits.memory",
        "unlimited",
        128 << 20,
        ("docker update --memory 268435456 --memory-swap 268435456 web",),
    ),
    Row("limits", "limits.nofile", 1024, 64, (), {"compose.yaml": "    ulimits:\n      nofile: 1024\n"}, BOTH),
    Row("limits", "limits.shm", 64 << 20, 1 << 20, (), {"compose.yaml": "    shm_size: 67108864\n"}, BOTH),
    Row("limits", "limits.nofile", 1024, 64, ("systemctl edit web.service", "systemctl restart"), target=UNIT),
    Row(
        "network",
        "network.hosts.db.internal",
        "private",
        None,
        (),
        {"compose.yaml": '    extra_hosts:\n      - "db.internal:${ADDRESS:?of db.internal}"\n'},
        BOTH,
    ),
    Row(
        "source",
        "source.shop/mail.html",
        {"digest": "sha256:aa", "size": 3},
        None,
        ("git check-ignore --verbose shop/mail.html", "docker build"),
        {".dockerignore": "**/*.html\n!shop/mail.html\n"},
        {**IMAGE, ".dockerignore": "**/*.html\n"},
        beside={"source.shop/mail.py": {"digest": "sha256:bb", "size": 3}},
    ),
)

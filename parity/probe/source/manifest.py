"""Which files of a program's directory are its code, and what a manifest says of each.

Code is told by a digest; other files by their size alone. Dotenv files, keys and what is named after a secret are in
no manifest, nor is what somebody else's code was installed to. Pure but for the view that is asked for bytes.

Floor: Python 3.8, standard library only.
"""

import re

DIGITS = 16
"""Hexadecimal digits of a digest that are kept."""

MOST_ITEMS = 500
"""Files that are listed one by one; of more, each directory has one digest."""

LARGEST = 16 << 20
"""Bytes of one file of code."""

PROFILE = b'{\n "captured_at": "'
"""How a profile begins: those that a repository keeps are records of code, and another one each time."""

KEPT = ("", None)
"""What `imprint` says of a profile: no manifest tells of it."""

PASSED_OVER = frozenset(
    [".git", ".hg", ".svn", ".bzr", ".venv", "venv", "virtualenv", ".tox", ".nox", ".eggs", ".direnv"]
    + ["__pypackages__", "site-packages", "dist-packages", "node_modules", "bower_components", ".mypy_cache"]
    + [".pytest_cache", ".ruff_cache", ".hypothesis", ".cache", ".npm", ".yarn", ".idea", ".vscode"]
    + [".ipynb_checkpoints", ".terraform", ".ssh", ".gnupg", ".aws", ".docker", ".kube", "lost+found"]
)
"""Names of directories that hold no code of the program's own."""

MARKS = frozenset(["pyvenv.cfg", "CACHEDIR.TAG", "conda-meta"])
"""A directory with one of these is an environment or a cache, whatever its name is."""

_CODE = frozenset(
    ["py", "pyi", "pyx", "pxd", "pyw", "html", "htm", "jinja", "jinja2", "j2", "mako", "sql", "toml", "cfg"]
    + ["ini", "conf", "yml", "yaml", "json", "js", "mjs", "ts", "css", "scss", "sh", "bash", "xml", "xsd"]
    + ["graphql", "proto", "po", "pth", "tmpl", "template", "lua"]
)
_CODE_NAMES = frozenset(["Dockerfile", "Containerfile", "Makefile", "Procfile", "crontab", "py.typed"])
_DATA = frozenset(["toml", "cfg", "ini", "conf", "yml", "yaml", "json", "xml", "txt", "csv", ""])

_SECRET_ENDINGS = tuple(
    [".pem", ".key", ".p12", ".pfx", ".jks", ".keystore", ".crt", ".cer", ".der", ".csr", ".kdbx", ".gpg"]
    + [".asc", ".ppk", ".env", ".token", ".secret", ".secrets", ".tfvars", ".tfstate", ".ovpn"]
)
_SECRET_NAMES = frozenset(
    [".flaskenv", ".netrc", ".pypirc", ".npmrc", ".pgpass", ".htpasswd", ".git-credentials"]
    + [".dockercfg", ".s3cfg", ".boto", "pip.conf", "authorized_keys", "known_hosts"]
)
_SECRET_WORDS = re.compile(r"secret|credential|passw|private[-_]?key|service[-_]?account|(?<![a-z])tokens?(?![a-z])")
_SECRET_STARTS = (".env", "id_rsa", "id_dsa", "id_ecdsa", "id_ed25519")

_DOTENV = re.compile(r"(?:\.env(?:\.[a-z][a-z0-9_-]{0,20}){0,2}|\.flaskenv|[a-z][a-z0-9_-]{0,20}\.env)\Z")
_PATTERNS_OF_DOTENV = ("example", "sample", "template", "dist", "tpl")
"""Ends of names of those that nobody loads."""

# What a program or a person at work writes: it differs always, and no program was deployed with it.
_WRITTEN = tuple(
    [".log", ".pid", ".sock", ".lock", ".tmp", ".swp", ".swo", ".bak", ".orig", ".rej", ".sqlite", ".sqlite3"]
    + [".db", ".db-wal", ".db-shm", ".coverage", ".prof"]
)
_WRITTEN_NAMES = frozenset([".DS_Store", "Thumbs.db", ".coverage", "nohup.out", ".python_history"])


def enters(name):
    """Whether a directory of this name may hold code of the program's own."""
    return name not in PASSED_OVER and not name.endswith((".egg-info", ".dist-info"))


def kind(name):
    """ "code", "bytecode" or "other"; None for a file that no manifest tells of."""
    low = name.lower()
    ending = _ending(low)
    if (
        low in _SECRET_NAMES
        or low.startswith(_SECRET_STARTS)
        or low.endswith(_SECRET_ENDINGS)
        or (ending in _DATA and _SECRET_WORDS.search(low))
    ):
        return None
    # Lock files of dependencies are text that is deployed; a program's own are marks that it runs.
    if name in _WRITTEN_NAMES or (low.endswith(_WRITTEN) and not _locks_dependencies(low)) or low.endswith("~"):
        return None
    if ending == "pyc":
        return "bytecode"
    return "code" if ending in _CODE or name in _CODE_NAMES or name.startswith("Dockerfile.") else "other"


def dotenv(name):
    """Whether a library may read variables from such a file: it is told that it is there, and no more."""
    return bool(_DOTENV.match(name)) and not name.endswith(_PATTERNS_OF_DOTENV)


def _ending(name):
    return name.rpartition(".")[2] if "." in name.lstrip(".") else ""


def _locks_dependencies(name):
    return name in ("poetry.lock", "uv.lock", "pdm.lock", "pipfile.lock", "cargo.lock", "yarn.lock")


def digest(data):
    """The first digits of a file's SHA-256."""
    import hashlib

    return hashlib.sha256(data).hexdigest()[:DIGITS]


def imprint(at):
    """(digest, digest with LF for every CRLF or None where there is none) of the file behind `at(offset, size)`.

    Both None for a file that is too large; KEPT for a profile.
    """
    data = at(0, LARGEST + 1)
    if data.startswith(PROFILE):
        return KEPT
    if len(data) > LARGEST:
        return None, None
    return digest(data), digest(data.replace(b"\r\n", b"\n")) if b"\r\n" in data else None


def item(size, executable, seen=None):
    """What a manifest says of one file. `seen` is its imprint, None where it is no code."""
    told = {"size": size}
    if executable:
        told["executable"] = True
    if seen and seen[0]:
        told["digest"] = seen[0]
    if seen and seen[1]:
        told["lf_digest"] = seen[1]
    return told


def shadowing(items):
    """The packages in `items`, {path: item}, that stand beside a module of their name and are imported before it."""
    end = "/__init__.py"
    return [path for path in items if path.endswith(end) and path[: -len(end)] + ".py" in items]


def directories(items):
    """{directory with a slash at its end: {"digest", "files"}} of the files in `items`, {path: item}.

    Both sides of a comparison make it alike: what lies below a directory has a digest of its own.
    """
    lines = {}
    for path, one in items.items():
        above, _, name = path.rpartition("/")
        facts = (name, one.get("digest") or str(one.get("size")), "x" if one.get("executable") else "-")
        lines.setdefault(above + "/", []).append(" ".join(facts))
    return {
        (place if place != "/" else "./"): {
            "digest": digest("\n".join(sorted(told)).encode("utf-8", "surrogateescape")),
            "files": len(told),
        }
        for place, told in lines.items()
    }

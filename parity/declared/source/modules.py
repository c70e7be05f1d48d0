"""Which modules a repository itself provides, and from where each of its files can import them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

_DEV_PARTS = frozenset(
    {"test", "tests", "testing", "doc", "docs", "example", "examples", "bench", "benchmark", "benchmarks", "e2e"}
)
_DEV_FILES = frozenset({"conftest.py", "setup.py", "noxfile.py", "fabfile.py", "dodo.py"})
_DATA = frozenset({"assets", "data", "resources", "scaffold", "skeleton", "skeletons", "template", "templates"})
"""Names of directories that hold what a package reads, and nothing that is imported."""


def is_dev(path: str) -> bool:
    """Whether a file is a test, an example, documentation or a build script: nothing that runs in production."""
    *directories, base = path.split("/")
    return (
        base in _DEV_FILES
        or base.startswith("test_")
        or base.endswith(("_test.py", "_tests.py"))
        or base == "tests.py"
        or not _DEV_PARTS.isdisjoint(directories)
    )


def of_packages(paths: Iterable[str]) -> frozenset[str]:
    """Those of the files that a package of Python holds as its data: what they say is of what it writes or fills in,
    and not of where the repository runs. They lie below a package, in a directory that is none and named for it."""
    known = frozenset(paths)
    return frozenset(path for path in known if _held(path.split("/")[:-1], known))


def _held(directories: list[str], known: frozenset[str]) -> bool:
    ends = ["/".join(directories[:end]) for end in range(1, len(directories) + 1)]
    packages = [f"{one}/__init__.py" in known for one in ends]
    first = packages.index(True) if True in packages else len(ends)
    return any(directories[at] in _DATA and not packages[at] for at in range(first + 1, len(ends)))


class Modules:
    """The Python modules and packages of a repository; a directory alone is one with a slash at its end."""

    def __init__(self, paths: Sequence[str]) -> None:
        files = [path for path in paths if path.endswith(".py")]
        self._packages = {path.rpartition("/")[0] for path in files if path.endswith("/__init__.py")}
        directories = [path.rstrip("/") for path in paths if path.endswith("/")]
        self._modules = {*(path.removesuffix(".py") for path in files), *directories}
        self._known: set[str] = set()
        for path in sorted(self._modules):
            self._known.add(path)
            directory = path.rpartition("/")[0]
            while directory and directory not in self._known:
                self._known.add(directory)
                directory = directory.rpartition("/")[0]
        self._last = {one.rpartition("/")[2] for one in self._known}
        self._elsewhere: dict[str, str] = {}
        for one in sorted(self._known, key=lambda name: (name.count("/"), name)):
            above, _, name = one.rpartition("/")
            within_package = above in self._packages
            if not within_package and not is_dev(one + "/") and (one in self._packages or above == "src"):
                self._elsewhere.setdefault(name, above)

    def names(self) -> frozenset[str]:
        """Every name that some file could import first-hand."""
        return frozenset(one.rpartition("/")[2] for one in self._known if one.rpartition("/")[0] not in self._packages)

    def provided(self) -> tuple[str, ...]:
        """The names that the root and the directories of packages provide."""
        return tuple(sorted({one for one in self._known if "/" not in one} | set(self._elsewhere)))

    def near(self, module: str, file: str, names: Sequence[str] = ()) -> str | None:
        """The directory, beside a file or above it, that provides a dotted module, from which names are taken.

        Python puts a script's own directory on its path, and whoever starts a program from the root that one;
        packages are no such directories. A directory that is no package gives way to a distribution of its name
        (alembic/ beside Alembic): it provides what is found in it, and nothing else.
        """
        first, _, rest = module.partition(".")
        if first not in self._last:
            return None
        inner = [rest.partition(".")[0]] if rest else names
        directory = file
        while directory:
            directory = directory.rpartition("/")[0]
            place = f"{directory}/{first}" if directory else first
            if directory not in self._packages and place in self._known:
                regular = place in self._packages or place in self._modules
                if regular or any(f"{place}/{one}" in self._known for one in inner):
                    return directory
        return None

    def resolve(self, path: str, file: str) -> str:
        """The path in the repository of an absolute dotted one ("/src.shop.env" for "shop.env"), or the path itself."""
        if path.startswith("/"):
            return path
        plain = path.replace("()", "")
        directory = self.near(plain, file)
        if directory is None:
            directory = self._elsewhere.get(plain.partition(".")[0])
        if directory is None:
            return path
        return "/" + (directory.replace("/", ".") + "." if directory else "") + path

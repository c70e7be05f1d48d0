"""Examples of `requirement`."""

from __future__ import annotations

from tests.explain.cases import trace
from tests.explain.causes.examples import FITS, NAMED, SHOWN, Example, package

EXTRA = trace("ImportError: email-checker is not installed, run `pip install models[email]`", "~models/t.py:1 use")
CONFLICT = trace(
    "pkg_resources.VersionConflict: (click 8.1.7 (/venv/lib), Requirement.parse('click<8'))",
    "app.py:1 <module>: load()",
)
OTHER = {"packages.rich": package("1.0.0")}

EXAMPLES = [
    Example(
        "a package that is asked for in a sentence",
        EXTRA,
        {"packages.email-checker": package("2.0"), **OTHER},
        OTHER,
        {"packages.email-checker": NAMED},
    ),
    Example(
        "what stands behind the extra that is asked for",
        trace("RuntimeError: please run `pip install models[email]`", "~models/t.py:1 use: raise"),
        {"packages.models": package("2", requires=["checker>=1"]), "packages.checker": package("1.0")},
        {"packages.models": package("2", requires=[])},
        {"packages.checker": SHOWN},
    ),
    Example(
        "a version that is asked for and not there",
        CONFLICT,
        {"packages.click": package("7.1.2")},
        {"packages.click": package("8.1.7")},
        {"packages.click": NAMED},
    ),
    Example(
        "another version that would do as well",
        trace("RuntimeError: this worker requires eventlib 1.4 or higher", "~serve/w.py:1 <module>: raise"),
        {"packages.eventlib": package("1.4.0")},
        {"packages.eventlib": package("1.5.0")},
        {"packages.eventlib": FITS},
    ),
    Example(
        "an entry point that is called after its distribution",
        trace("tables.exc.NoSuchModuleError: Can't load plugin: tables.dialects:redshift", "app.py:3 <module>: make()"),
        {"packages.tables-redshift": package("0.8"), **OTHER},
        OTHER,
        {"packages.tables-redshift": NAMED},
    ),
    Example(
        "metadata that is not found",
        trace("importlib.metadata.PackageNotFoundError: No package metadata was found for shop", "app.py:1 v"),
        {"packages.shop": package("1.0"), **OTHER},
        OTHER,
        {"packages.shop": NAMED},
    ),
    Example(
        "what is asked for is there",
        EXTRA,
        {"packages.email-checker": package("2.0"), **OTHER},
        {"packages.email-checker": package("2.0")},
    ),
    Example(
        "a plug-in by what its distribution provides",
        trace("KeyError: 'No such transport: azurequeues'", "~kombu/transport/__init__.py:3 resolve_transport: raise"),
        {"packages.queues-of-azure": package("1.0", provides=["azurequeues"])},
        {"packages.other": package("1.0")},
        {"packages.queues-of-azure": NAMED},
    ),
    Example(
        "a back end of so plain a name that it tells nothing",
        trace("ValueError: Unknown storage backend 'default'", "app.py:3 f"),
        {"packages.default-things": package("1.0")},
        {"packages.other": package("1.0")},
    ),
]

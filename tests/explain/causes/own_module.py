"""Examples of `own_module`."""

from __future__ import annotations

from tests.explain.cases import trace
from tests.explain.causes.examples import FITS, NAMED, SET, Example, package, valued

FOLDER = trace("ModuleNotFoundError: No module named 'shared'", "main.py:1 <module>: import shared")
RELATIVE = trace(
    "ImportError: attempted relative import with no known parent package", "svc/main.py:1 <module>: from .a import b"
)
MODELS = trace(
    "ImportError: cannot import name 'Refund' from 'shop.models' (/app/shop/models/__init__.py)", "main.py:1 <module>"
)
PARTIAL = (
    "AttributeError: partially initialized module 'random' has no attribute 'choice' (most likely due to a circle)"
)
FILE = {"digest": "aa", "size": 10}

EXAMPLES = [
    Example(
        "a directory that PYTHONPATH alone names",
        FOLDER,
        {"environment.PYTHONPATH": SET},
        {"environment.OTHER": SET},
        {"environment.PYTHONPATH": NAMED},
    ),
    Example(
        "the script's own directory is kept off the path",
        FOLDER,
        {"environment.OTHER": SET, "source.shared.py": FILE},
        {"environment.OTHER": SET, "environment.PYTHONSAFEPATH": SET, "source.shared.py": FILE},
        {"environment.PYTHONSAFEPATH": NAMED},
    ),
    Example(
        "a file that was not deployed",
        FOLDER,
        {"source.shared.py": FILE, "source.main.py": FILE},
        {"source.main.py": FILE},
        {"source.shared.py": NAMED},
    ),
    Example(
        "a directory left over before the module",
        MODELS,
        {"source.shop/models.py": FILE},
        {"source.shop/models.py": FILE, "source.shop/models/__init__.py": FILE},
        {"source.shop/models/__init__.py": NAMED},
    ),
    Example(
        "a file of production's that stands before the standard library",
        trace(PARTIAL, "main.py:1 <module>: random.choice(x)"),
        {"source.main.py": FILE},
        {"source.main.py": FILE, "source.random.py": FILE},
        {"source.random.py": NAMED},
    ),
    Example(
        "a file of production's that stands before a package",
        trace("ModuleNotFoundError: No module named 'yaml.nodes'; 'yaml' is not a package", "main.py:1 <module>"),
        {"source.main.py": FILE, "packages.pyyaml": package("6.0", provides=["yaml"])},
        {"source.main.py": FILE, "source.yaml.py": FILE, "packages.pyyaml": package("6.0", provides=["yaml"])},
        {"source.yaml.py": NAMED},
    ),
    Example(
        "a module that is started as a script",
        RELATIVE,
        {"process.command": "module svc", "process.working_directory": {"path": "/app", "exists": True}},
        {"process.command": "script main.py", "process.working_directory": {"path": "/app", "exists": False}},
        {"process.command": NAMED, "process.working_directory": FITS},
    ),
    Example(
        "another way to start where a module is not found",
        FOLDER,
        {"process.command": "module svc"},
        {"process.command": "script main.py"},
        {"process.command": FITS},
    ),
    Example(
        "a package of that name is installed locally",
        FOLDER,
        {"environment.PYTHONPATH": valued("a"), "packages.shared": package("1.0")},
        {"environment.PYTHONPATH": valued("b")},
    ),
    Example(
        "another file is not deployed", FOLDER, {"source.b.py": FILE, "source.main.py": FILE}, {"source.main.py": FILE}
    ),
]

"""Examples of `on_the_path`."""

from __future__ import annotations

from tests.explain.cases import trace
from tests.explain.causes.examples import FAINT, FITS, SHOWN, Example, package

LOG = trace("ValueError: bad shape", "app.py:3 run: wide.fit(x)", "~wide/fit.py:9 fit: deep.go(x)", "~deep/go.py:1 go")
COMPILED = "import fastjson\n\ndef run(x):\n    return fastjson.dumps(x)\n"

EXAMPLES = [
    Example(
        "the deeper and the larger, the likelier",
        LOG,
        {"packages.wide": package("1.0.0"), "packages.deep": package("1.0.0")},
        {"packages.wide": package("1.0.1"), "packages.deep": package("2.0.0")},
        {"packages.wide": FAINT, "packages.deep": FITS},
    ),
    Example(
        "what one on the path requires",
        LOG,
        {"packages.deep": package("1.0.0", requires=["base"]), "packages.base": package("1.0.0")},
        {"packages.deep": package("1.0.0", requires=["base"]), "packages.base": package("2.0.0")},
        {"packages.base": FAINT},
    ),
    Example(
        "a requirement that is broken there",
        LOG,
        {"packages.deep": package("1.9.0"), "packages.wide": package("1.0.0", requires=["deep<2"])},
        {"packages.deep": package("2.0.0"), "packages.wide": package("1.0.0", requires=["deep<2"])},
        {"packages.deep": SHOWN},
    ),
    Example(
        "code without frames that the failing line calls",
        trace("TypeError: not serializable", "app.py:4 run: return fastjson.dumps(x)"),
        {"packages.fastjson": package("2.0.0")},
        {"packages.fastjson": package("3.0.0")},
        {"packages.fastjson": FITS},
        {"app.py": COMPILED},
    ),
    Example(
        "a file that what was stored comes back through imports it",
        trace("TypeError: unpickle() takes 2 positional arguments but 3 were given", "app.py:6 run: pickle.load(f)"),
        {"packages.frames": package("2.2.0")},
        {"packages.frames": package("1.5.3")},
        {"packages.frames": FAINT},
        {"app.py": "import pickle\nimport frames\n\n\ndef run(f):\n    return pickle.load(f)\n"},
    ),
    Example(
        "nothing on the path touches it",
        LOG,
        {"packages.other": package("1.0.0")},
        {"packages.other": package("2.0.0")},
    ),
    Example("only production has it", LOG, {"packages.x": package("1")}, {"packages.deep": package("2.0.0")}),
]

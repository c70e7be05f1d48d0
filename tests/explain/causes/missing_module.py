"""Examples of `missing_module`."""

from __future__ import annotations

from tests.explain.cases import chained, trace
from tests.explain.causes.examples import NAMED, SHOWN, Example, package

IMPORT = trace("ModuleNotFoundError: No module named 'yaml'", "shop/rules.py:7 <module>: import yaml")
YAML = {"packages.pyyaml": package("6.0", provides=["_yaml", "yaml"])}
BESIDE = {"packages.rich": package("13.0")}
NATIVE = {
    "python.abi": "cp312",
    "python.implementation": "cpython",
    "python.platform_tag": "linux_x86_64",
    "python.soabi": "cpython-312-x86_64-linux-gnu",
    "python.version": "3.12.1",
    "platform.architecture": "x86_64",
    "platform.libc": "glibc",
    "platform.libc_version": "2.36",
    "platform.system": "Linux",
}

WHEELS = ("fast", "faster", "fastest", "slow")

EXAMPLES = [
    Example("a distribution is missing", IMPORT, YAML, {"packages.rich": package("1")}, {"packages.pyyaml": NAMED}),
    Example(
        "a module that this version does not have",
        trace("ModuleNotFoundError: No module named 'estimators._losses'", "app.py:3 load: return pickle.load(f)"),
        {"packages.estimators": package("1.2.0")},
        {"packages.estimators": package("1.5.0")},
        {"packages.estimators": NAMED},
    ),
    Example(
        "of several that share a namespace the one that is named like it",
        trace("ModuleNotFoundError: No module named 'cloud.storage'", "app.py:1 <module>: from cloud import storage"),
        {
            "packages.cloud-storage": package("2.0", provides=["cloud.storage"]),
            "packages.cloud-core": package("2.0", provides=["cloud.core"]),
        },
        {"packages.cloud-core": package("2.0", provides=["cloud.core"])},
        {"packages.cloud-storage": NAMED},
    ),
    Example(
        "an import that is tried first tells less",
        chained(
            trace("ModuleNotFoundError: No module named 'yaml'", "~fast/io.py:1 <module>: import yaml"),
            trace("RuntimeError: nothing can read this", "~fast/io.py:4 <module>: raise RuntimeError"),
        ),
        YAML,
        BESIDE,
        {"packages.pyyaml": SHOWN},
    ),
    Example(
        "a compiled part that was built for another machine",
        trace("ModuleNotFoundError: No module named 'fast._core'", "~fast/__init__.py:1 <module>: from . import _core"),
        {"packages.fast": package("1.0", wheel=["cp312-cp312-manylinux_2_17_x86_64"]), **NATIVE},
        {"packages.fast": package("1.0", wheel=["cp312-cp312-manylinux_2_17_aarch64"]), **NATIVE},
        {"packages.fast": NAMED},
    ),
    Example("another package is missing", IMPORT, {**YAML, **BESIDE}, YAML),
    Example("both have it", IMPORT, YAML, YAML),
    Example(
        "a key of the same name", trace("KeyError: 'yaml'", "shop/rules.py:7 <module>: KINDS['yaml']"), YAML, BESIDE
    ),
    Example(
        "a part that is compiled for another Python, one of many",
        trace("ModuleNotFoundError: No module named 'fast.core'", "~fast/__init__.py:3 <module>: from .core import x"),
        {
            "python.version": "3.13.1",
            "python.implementation": "cpython",
            **{f"packages.{one}": package("1.0") for one in WHEELS},
        },
        {
            "python.version": "3.13.1",
            "python.implementation": "cpython",
            **{
                f"packages.{one}": package("1.0", wheel=["cp311-cp311-linux_x86_64.manylinux2014_x86_64"])
                for one in WHEELS
            },
        },
        {"packages.fast": NAMED},
    ),
    Example(
        "a module that another's hook brings back",
        trace("ModuleNotFoundError: No module named 'distutils'", "app.py:1 <module>: from distutils import util"),
        {"packages.setuptools": package("75.8.0", provides=["setuptools", "pkg_resources"])},
        {"packages.attrs": package("24.2.0")},
        {"packages.setuptools": NAMED},
    ),
]

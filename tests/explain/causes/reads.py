"""Examples of `reads`."""

from __future__ import annotations

from tests.explain.cases import trace
from tests.explain.causes.examples import FITS, NAMED, SET, SHOWN, Example, package, valued

HELLO = {"environment.HOSTNAME": valued("aa")}
OTHER = {"environment.HOSTNAME": valued("bb")}
SEED = {"environment.PYTHONHASHSEED": SET}
KIND = trace("AttributeError: 'NoneType' object has no attribute 'split'", "app.py:5 f: return kind.split('/')")
KINDS = "import mimetypes\n\ndef f(name):\n    kind, _ = mimetypes.guess_type(name)\n    return kind.split('/')\n"
TYPES = {"system_packages.media-types": {"version": "10.0.0"}}
NODE = trace("ValueError: invalid literal for int() with base 10: 'x2x5k'", "app.py:5 f: return int(last)")
HOST = "from socket import gethostname\n\ndef f():\n    last = gethostname().rpartition('-')[2]\n    return int(last)\n"
STEP = trace("KeyError: 'paid'", "app.py:9 <module>: step()", "app.py:6 ship: order['paid']")
STEPS = (
    "order = {}\n\n\ndef pay(): order.update(paid=1)\n\ndef ship(): order['paid']\n\n"
    "for step in {pay, ship}:\n    step()\n"
)
SHARD = trace("KeyError: 'bolt'", "find.py:3 <module>: held(file(name))[name]")
FIND = {
    "find.py": "from shard import file, held\nname = 'bolt'\nprint(held(file(name))[name])\n",
    "shard.py": "def file(name):\n    return hash(name) % 16\n\ndef held(number):\n    return {}\n",
}
WATCH = trace("ValueError: filedescriptor out of range in select()", "app.py:3 <module>: select.select(pipes, [], [])")
FONT = trace(
    "OSError: cannot open resource",
    'label.py:3 <module>: ImageFont.truetype("DejaVuSans.ttf")',
    "~PIL/ImageFont.py:9 truetype: return freetype(font)",
)
LABEL = 'from PIL import ImageFont\n\nImageFont.truetype("DejaVuSans.ttf")\n'
FONTS = {
    "system_packages.fonts-dejavu-core": {"version": "2.37"},
    "packages.pillow": package("10.3.0", provides=["PIL"]),
}
PAGE = trace(
    "AttributeError: 'NoneType' object has no attribute 'h1'", "app.py:4 f: return BeautifulSoup(page).body.h1"
)
SOUP = "from bs4 import BeautifulSoup\n\ndef f(page):\n    return BeautifulSoup(page).body.h1\n"
LXML = {"packages.lxml": package("5.2.2")}
BUS = trace("usb.core.NoBackendError: No backend available", "app.py:1 <module>: find()", "~usb/core.py:9 find: raise")
USB = {"system_packages.libusb-1.0-0": {"version": "1.0.26"}}

SIZES = trace("ValueError: invalid literal for int() with base 10: '4.0K'", "app.py:6 f: return int(told.split()[0])")
USED = (
    "import subprocess\n\ndef f(path):\n    words = ['du', path]\n"
    "    told = subprocess.run(words, capture_output=True, text=True).stdout\n    return int(told.split()[0])\n"
)
PIPED = trace("KeyError: 'BO\u2026'", "app.py:3 <module>: PLACES[line.split()[0]]")
PIPE = "import sys\nfor line in sys.stdin:\n    PLACES[line.split()[0]]\n"
ORDER = trace("ValueError: too many values to unpack (expected 1)", "app.py:2 <module>: options, (one,) = gnu()")

EXAMPLES = [
    Example("a table of the system", KIND, TYPES, {}, {"system_packages.media-types": SHOWN}, {"app.py": KINDS}),
    Example("the table is there in another version", KIND, TYPES, {"system_packages.media-types": {"version": "13"}},
            {"system_packages.media-types": FITS}, {"app.py": KINDS}),
    Example("a value that came of the host's name", NODE, HELLO, OTHER, {"environment.HOSTNAME": SHOWN},
            {"app.py": HOST}),
    Example("nothing there asks for the host's name", NODE, HELLO, OTHER, {},
            {"app.py": HOST.replace("gethostname()", "g()")}),
    Example("a set is gone through", STEP, SEED, {}, {"environment.PYTHONHASHSEED": SHOWN}, {"app.py": STEPS}),
    Example("a set that is sorted", STEP, SEED, {}, {},
            {"app.py": STEPS.replace("{pay, ship}", "sorted({pay, ship})")}),
    Example("what is called in another file", SHARD, SEED, {}, {"environment.PYTHONHASHSEED": (0.6, 0.95)}, FIND),
    Example("without the source", WATCH, {"limits.nofile": 1024}, {"limits.nofile": 16384}, {"limits.nofile": NAMED}),
    Example("a font that the call names", FONT, FONTS, {"packages.pillow": FONTS["packages.pillow"]},
            {"system_packages.fonts-dejavu-core": (0.85, 0.95)}, {"label.py": LABEL}),
    Example("what a child prints, its command line put together before", SIZES, {}, {"environment.BLOCK_SIZE": SET},
            {"environment.BLOCK_SIZE": SHOWN}, {"app.py": USED}),
    Example("a variable that the child does not read", SIZES, {}, {"environment.GZIP": SET}, {}, {"app.py": USED}),
    Example("what a pipe's writer has cut", PIPED, {}, {"environment.COLUMNS": SET},
            {"environment.COLUMNS": SHOWN}, {"app.py": PIPE}),
    Example("options after arguments", ORDER, {}, {"environment.POSIXLY_CORRECT": SET},
            {"environment.POSIXLY_CORRECT": SHOWN},
            {"app.py": "from getopt import gnu_getopt as gnu\noptions, (one,) = gnu([], 'o:')\n"}),
    Example("the best parser that is there", PAGE, LXML, {}, {"packages.lxml": SHOWN}, {"app.py": SOUP}),
    Example("a parser by name", PAGE, LXML, {}, {}, {"app.py": SOUP.replace("(page)", "(page, 'html.parser')")}),
    Example("a library's function on the path", BUS, USB, {}, {"system_packages.libusb-1.0-0": (0.85, 0.95)}),
    Example("what differs is read by nothing there", KIND, HELLO, OTHER, {}, {"app.py": KINDS}),
    Example("no failure", "", TYPES, {}),
]  # fmt: skip

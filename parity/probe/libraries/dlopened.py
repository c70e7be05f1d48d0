"""Shared libraries that Python packages load by name through ctypes or cffi, where no ELF file says so.

Each entry: import name -> (sonames, import names that make them unnecessary). Only packages whose
import fails without the library, or that say so at the first call; taken from what each loads.

Floor: Python 3.8, standard library only.
"""

LOADED = {
    "cairocffi": (("libcairo.so.2",), ()),
    "enchant": (("libenchant-2.so.2",), ()),
    "magic": (("libmagic.so.1",), ()),
    "psycopg": (("libpq.so.5",), ("psycopg_binary", "psycopg_c")),
    "pyzbar": (("libzbar.so.0",), ()),
    "sounddevice": (("libportaudio.so.2",), ()),
    "weasyprint": (
        ("libfontconfig.so.1", "libgobject-2.0.so.0", "libharfbuzz.so.0", "libpango-1.0.so.0", "libpangoft2-1.0.so.0"),
        (),
    ),
}


def needed(names):
    """[(import name, soname), ...] for the import names that are there."""
    present = sorted(name for name in LOADED if name in names)
    return [(name, soname) for name in present for soname in LOADED[name][0] if not names.intersection(LOADED[name][1])]

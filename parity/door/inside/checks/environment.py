"""Required variables: set, and to something. Their values are looked at for nothing else, and never shown.

Floor: Python 3.8, standard library only.
"""

import os

NEEDS = ()


def failures(asked, path):
    """asked: [name, ...]"""
    for name in asked:
        value = os.environ.get(name)
        if not value:
            yield name, "not set" if value is None else "set to nothing"

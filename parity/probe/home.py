"""The home directory of the process that serves, as `os.path.expanduser("~")` finds it.

Floor: Python 3.8, standard library only.
"""

import os

from parity.probe import accounts


def home(view):
    """Its path, from HOME or else from the passwd file; None where neither tells."""
    process = view.process
    variable = process.variable("HOME")
    if variable is not None:
        return os.path.normpath(os.path.join(process.cwd or "/", variable))
    return accounts.read(view).homes.get(process.uid) or None

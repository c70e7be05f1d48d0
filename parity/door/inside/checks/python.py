"""The interpreter that runs this, which is the program's.

Floor: Python 3.8, standard library only.
"""

import sys

from parity.door.inside import versions

NEEDS = ()

_STAGES = {"alpha": "a", "beta": "b", "candidate": "rc"}


def failures(asked, path):
    """asked: version specifiers"""
    version = release(sys.version_info)
    if not versions.holds(asked, version):
        yield "version", "%s is not %s" % (version, asked)


def release(info):
    """ "3.14.0rc1" of a `sys.version_info`."""
    stage = _STAGES.get(info[3])
    return "%d.%d.%d" % tuple(info[:3]) + ("%s%d" % (stage, info[4]) if stage else "")

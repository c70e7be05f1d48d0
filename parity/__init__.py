"""parity: it works here, why not there?

Kept empty of imports: the probe and the command line both start from here, and both count milliseconds.
"""

__version__ = "0.1.0"

"""Two profiles in, plain facts out: what differs, what could not be compared, what was.

Pure functions over frozen values. No wording, no colour and no severity: those are policy's and
report's. `comparisons/` holds one file for each way in which two values can be the same.
"""

from parity.diff.compare import compare
from parity.diff.model import Change, Compared, Comparison, Difference, FieldDifference, Kind, Side, Skipped, Unknown

__all__ = [
    "Change",
    "Compared",
    "Comparison",
    "Difference",
    "FieldDifference",
    "Kind",
    "Side",
    "Skipped",
    "Unknown",
    "compare",
]

"""parity schema"""

from __future__ import annotations

ORDER = 60
EXAMPLES = ("parity schema > profile.schema.json",)


def run() -> int:
    """Print the JSON Schema of a profile."""
    from parity import output
    from parity.profile.schema import text

    output.write("-", text(), disarm=output.as_it_is)
    return 0

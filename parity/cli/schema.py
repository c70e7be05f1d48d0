"""parity schema"""

from __future__ import annotations

ORDER = 60
EXAMPLES = ("parity schema > profile.schema.json",)


def run() -> int:
    """Print the JSON Schema of a profile."""
    from parity import output
    from parity.profile import schema

    output.write("-", schema.text())
    return 0

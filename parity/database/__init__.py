"""The `database` section, read by the host: how its DSN is found, and who asks. The look itself: parity/probe/postgres.

dotenv     the values in a dotenv file
source     which variable holds the DSN of a target
read       a request -> the section, asked in a child
"""

from __future__ import annotations

from parity.database.read import read_database

__all__ = ["read_database"]

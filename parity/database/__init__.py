"""The `database` section, read by the host: what a DSN is, how it is found, and one careful look at the server.

dsn        text -> connection parameters, strictly; nothing of it is ever shown
dotenv     the values in a dotenv file
source     which variable holds the DSN of a target
read       a request -> the section
session    what runs in the child: one connection, one read-only transaction
faults     a driver's error -> the class of it, in parity's own words
"""

from __future__ import annotations

from parity.database.read import read_database

__all__ = ["read_database"]

"""The `database` section, read by the host: how its DSN is found, and who asks.

dotenv     the values in a dotenv file
source     which variable holds the DSN of a target
read       a request -> the section, asked in a child
readers    who asks, by the DSN's scheme; PostgreSQL's own look is the probe's (parity/probe/postgres)
address    the URL of a server that is not PostgreSQL
look       a look in parts, within a deadline
facts      what is asked there, and what the answers come to
faults     a driver's error -> the class of it, in parity's own words
data       the settings that are asked for, each with what it changes (parity/products.py)
"""

from __future__ import annotations

from parity.database.read import read_database

__all__ = ["read_database"]

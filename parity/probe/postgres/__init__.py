"""What a careful look at PostgreSQL is made of, for whoever can reach the server: the host, or the target itself.

dsn          a DSN's text -> connection parameters, strictly
faults       a driver's error -> the class of it, in parity's own words
settings, server, extensions, rights, access, migrations
             each a part of the section: a statement, and its rows into items
look         all of them as one read-only transaction
by_*         one driver each, behind the same four calls
session      one look: connect, ask, leave nothing behind
through      the look from inside the target, in a child of its own
"""

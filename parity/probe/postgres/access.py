"""How one gets in: how many sessions there are, and whether TLS is demanded.

`ssl_required`: whether a client like this one is refused without TLS. A connection without it answers by itself, and
so does a server that refused one; else the rules of pg_hba.conf do, which superusers may read, and the first that
matches decides.

Sources: PostgreSQL's manual, "The pg_hba.conf File", "pg_hba_file_rules", "pg_stat_database".
Floor: Python 3.8, standard library only.
"""

CONNECTIONS = """
SELECT coalesce(sum(numbackends), 0)::int AS connections FROM pg_stat_database WHERE datid <> 0"""

_UNTOLD = "whether TLS is demanded stands in pg_hba.conf, which the role may not read"

CLIENT = """
SELECT inet_client_addr() IS NOT NULL AS network, current_setting('ssl') = 'on' AS offered,
       EXISTS (SELECT FROM pg_proc p WHERE p.proname = 'pg_hba_file_rules'
                  AND has_function_privilege(p.oid, 'EXECUTE')) AS readable"""

_RULES = """
SELECT r.type, r.auth_method AS method, r.error IS NOT NULL AS broken,
       'all' = ANY (r.database) OR current_database() = ANY (r.database)
           OR ('sameuser' = ANY (r.database) AND current_database() = current_user) AS database,
       'all' = ANY (r.user_name) OR current_user::text = ANY (r.user_name) AS role,
       'samerole' = ANY (r.database) OR r.user_name::text ~ '[{,]"?[+/]' OR r.database::text ~ '[{,]"?/' AS open,
       CASE WHEN r.address = 'all' THEN true
            WHEN family(r.netmask::inet) <> family(inet_client_addr()) THEN false
            WHEN r.netmask IS NOT NULL THEN (inet_client_addr() & r.netmask::inet) = r.address::inet
       END AS address
  FROM pg_hba_file_rules() r LIMIT 1000"""


def read_connections(rows, section, client):
    """Fill the section from the one row."""
    for row in rows[:1]:
        section.volatile["connections"] = row["connections"]


def read_client(rows, section, client):
    """Fill the section with what this connection, or the refusal of another one, tells by itself."""
    if client.get("refused_without_tls"):
        section.items["ssl_required"] = True
        section.items["refused_as_given"] = "without TLS"
        section.note(
            "the DSN asks for no TLS and the server refuses that: the program does not connect; the rest was read "
            "with sslmode=require"
        )
    for row in rows[:1]:
        if "ssl_required" in section.items or not row["network"]:
            continue
        if client.get("ssl_in_use") is False or not row["offered"]:
            section.items["ssl_required"] = False
        elif not row["readable"]:
            section.hide("ssl_required", _UNTOLD)


def rules(answers):
    """The statement that reads pg_hba.conf; None where it may not be read, or there is nothing to ask it."""
    row = next((row for answer in answers[-1:] if isinstance(answer, list) for row in answer[:1]), None)
    return _RULES if row and row["network"] and row["offered"] and row["readable"] else None


def read_rules(rows, section, client):
    """Fill the section with what the rules decide, where it is not known already."""
    if not rows or "ssl_required" in section.items:
        return
    plain = decided(rows, ("host", "hostnossl"))
    if plain is not None:
        section.items["ssl_required"] = not plain
    else:
        section.hide("ssl_required", "pg_hba.conf names clients in a way that parity does not follow")


def decided(rows, kinds):
    """Whether a connection of these kinds is let in by the first rule that matches; None where that is not known."""
    for row in rows:
        if row["broken"] or row["type"] not in kinds or row["address"] is False:
            continue
        named = row["database"] and row["role"]
        if named and row["address"]:
            return row["method"] != "reject"
        if named or row["open"]:
            # A group, a pattern or a host's name that may match all the same.
            return None
    return False

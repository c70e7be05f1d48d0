"""TLS for the drivers that bring none of their own, as libpq's `sslmode` words it.

Source: PostgreSQL's manual, "SSL Support" (libpq), "Protection Provided in Different Modes".
Floor: Python 3.8, standard library only.
"""

VERIFIED = ("verify-ca", "verify-full")


def context(parameters):
    """An ssl.SSLContext for a mode that demands TLS."""
    import os
    import ssl

    mode, root = parameters.get("sslmode"), parameters.get("sslrootcert") or os.environ.get("PGSSLROOTCERT")
    made = ssl.create_default_context(cafile=root if root and root != "system" else None)
    made.check_hostname = mode == "verify-full"
    if mode not in VERIFIED:
        made.verify_mode = ssl.CERT_NONE
    if parameters.get("sslcert"):
        made.load_cert_chain(parameters["sslcert"], parameters.get("sslkey"), parameters.get("sslpassword"))
    return made

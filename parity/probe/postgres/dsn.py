"""A DSN's text into connection parameters: strictly, and without a word of it in any error.

libpq's own messages quote the part of a malformed DSN that they stumbled on, the password often enough. So
the text is read here, by the grammar of "Connection Strings" in PostgreSQL's manual (libpq), and the driver
sees parameters only. What libpq would misread is refused: a password with a bare `@` or `/` makes its tail
a host name, which goes out to a name server.

Floor: Python 3.8, standard library only.
"""

import re
from urllib.parse import unquote_to_bytes

APPLICATION = "parity"
"""What the server's activity view calls a session of ours."""

SCHEMES = frozenset({"postgres", "postgresql", "pgsql", "psql", "postgis", "timescale", "timescalegis"})
"""URL schemes of PostgreSQL: libpq's own, and those of Django's URL parsers. SQLAlchemy adds `+DRIVER`."""

_LIBPQ = """
    host hostaddr port dbname user password passfile require_auth channel_binding connect_timeout client_encoding
    options application_name fallback_application_name keepalives keepalives_idle keepalives_interval
    keepalives_count tcp_user_timeout replication gssencmode sslmode requiressl sslnegotiation sslcompression
    sslcert sslkey sslkeylogfile sslpassword sslcertmode sslrootcert sslcrl sslcrldir sslsni requirepeer
    ssl_min_protocol_version ssl_max_protocol_version min_protocol_version max_protocol_version krbsrvname gsslib
    gssdelegation scram_client_key scram_server_key oauth_issuer oauth_client_id oauth_client_secret oauth_scope
    service target_session_attrs load_balance_hosts
"""
KEYWORDS = frozenset(_LIBPQ.split())
"""Parameters of libpq 18."""

_SET_HERE = frozenset({"application_name", "fallback_application_name", "connect_timeout", "replication"})
"""What parity sets by itself, or what would make another kind of connection of it."""

_SSL_MODES = frozenset({"disable", "allow", "prefer", "require", "verify-ca", "verify-full"})
_WITHOUT_SLASHES = re.compile(r"(?:sqlite3?|duckdb|file):")
_URL = re.compile(r"(?P<scheme>[A-Za-z][A-Za-z0-9+.-]*)://(?P<rest>.*)", re.DOTALL)
_PARTS = re.compile(
    r"(?:(?P<user>[^:@/?]*)(?::(?P<password>[^@/?]*))?@)?"
    r"(?P<hosts>[^@/?]*)"
    r"(?:/(?P<dbname>[^@?]*))?"
    r"(?:\?(?P<query>[^@]*))?"
)
_HOST = re.compile(r"(?:\[(?P<literal>[^][]+)\]|(?P<name>[^]:[]*))(?::(?P<port>[0-9]{0,5}))?")
_WITH_PORT = re.compile(r"[^/@:][^:]*:[0-9]{1,5}")
_PAIR = re.compile(r"\s*(\w+)\s*=\s*(?:'((?:[^'\\]|\\.)*)'(?!\S)|((?:[^\s'\\]|\\.)*)(?!\S))")
_ESCAPE = re.compile(r"%[0-9A-Fa-f]{2}")
CONTROL = re.compile(r"[\x00-\x1f\x7f]")


class InvalidDsn(Exception):
    """The text is no DSN. Tells nothing of it, and no exception that does is its cause or context."""

    def __init__(self):
        super().__init__("invalid DSN (not shown)")


class NotPostgres(Exception):
    """The text is the URL of another kind of database."""

    def __init__(self):
        super().__init__("the DSN is not one of PostgreSQL")


class Dsn:
    """Where and as whom to connect.

    parameters  libpq's, {keyword: text}; no text of an object shows them
    driver      what SQLAlchemy's form of a URL names after its +, "" where it names none
    """

    __slots__ = ("driver", "parameters")

    def __init__(self, parameters, driver=""):
        self.parameters = parameters
        self.driver = driver


def parse(text):
    """The DSN in a variable's value: a URL, or libpq's `key=value` pairs.

    Raises InvalidDsn, or NotPostgres for a URL whose scheme is another database's.
    """
    if CONTROL.search(text):
        raise InvalidDsn
    url, driver = _URL.fullmatch(text), ""
    if url is not None:
        scheme, _, driver = url["scheme"].lower().partition("+")
        if scheme not in SCHEMES:
            raise NotPostgres
        found = _from_url(url["rest"])
    elif _WITHOUT_SLASHES.match(text):
        raise NotPostgres
    else:
        found = _from_pairs(text)
    if not all(port == "" or 0 < int(port) < 65536 for port in _ports(found)):
        raise InvalidDsn
    return Dsn({key: value for key, value in found.items() if key not in _SET_HERE}, driver)


def _from_url(rest):
    parts = _PARTS.fullmatch(rest)
    if parts is None:
        raise InvalidDsn
    found = {key: decoded(parts[key]) for key in ("user", "password", "dbname") if parts[key]}
    hosts = [_host(word) for word in parts["hosts"].split(",")] if parts["hosts"] else []
    asked = []
    for key, value in _query(parts["query"] or ""):
        if key == "host":
            asked += [_host_in_query(word) for word in value.split(",")]
        elif key in KEYWORDS:
            found[key] = value
        elif key == "ssl" and value in _SSL_MODES | {"true"}:
            found.setdefault("sslmode", "require" if value == "true" else value)
    hosts = asked or hosts
    if hosts:
        found["host"] = ",".join(host for host, _ in hosts)
    if any(port for _, port in hosts):
        found["port"] = ",".join(port for _, port in hosts)
    return found


def _host(word):
    match = _HOST.fullmatch(word)
    if match is None:
        raise InvalidDsn
    return decoded(match["literal"] or match["name"]), match["port"] or ""


def _host_in_query(word):
    # SQLAlchemy spells several hosts as ?host=one:5432&host=two:5432; libpq gives the ports by their own key.
    if _WITH_PORT.fullmatch(word):
        host, _, port = word.partition(":")
        return host, port
    return word, ""


def _ports(found):
    ports = found.get("port", "").split(",")
    if not all(re.fullmatch(r"[0-9]{0,5}", port) for port in ports):
        raise InvalidDsn
    return ports


def _query(text):
    for pair in filter(None, text.split("&")):
        key, separator, value = pair.partition("=")
        if not key or not separator or "=" in value:
            raise InvalidDsn
        yield decoded(key), decoded(value)


def decoded(text):
    """Percent escapes resolved. A `%` that begins none, a NUL and what is not UTF-8 are refused."""
    if text.count("%") != len(_ESCAPE.findall(text)):
        raise InvalidDsn
    decoded = unquote_to_bytes(text).decode("utf-8", "surrogateescape")
    if "\0" in decoded or any("\udc80" <= character <= "\udcff" for character in decoded):
        raise InvalidDsn
    return decoded


def _from_pairs(text):
    found = {}
    at = 0
    while text[at:].strip():
        pair = _PAIR.match(text, at)
        if pair is None or pair[1] not in KEYWORDS:
            raise InvalidDsn
        found[pair[1]] = re.sub(r"\\(.)", r"\1", pair[3] if pair[2] is None else pair[2])
        at = pair.end()
    if not found:
        raise InvalidDsn
    return found


_OF_A_HOST = ("host", "hostaddr", "port")
"""Parameters that hold a part for each of several hosts."""


def per_host(parameters):
    """The parameters for each of several hosts, in the order in which libpq tries them."""
    rest = {name: value for name, value in parameters.items() if name not in _OF_A_HOST}
    listed = {name: parameters[name].split(",") for name in _OF_A_HOST if parameters.get(name)}
    count = max(len(listed.get(name, [""])) for name in ("host", "hostaddr"))
    found = []
    for number in range(count):
        # One port is every host's; an empty part is what libpq has by default.
        own = {name: parts[number] if len(parts) == count else parts[0] for name, parts in listed.items()}
        found.append({**rest, **{name: part for name, part in own.items() if part}})
    return found

"""What Python's ssl trusts and allows where a program says nothing: roots, protocols, ciphers, providers.

    ca_bundle               path of the bundle, or of the directory of certificates; "certifi", "interpreter" for one
                            that comes with either, "custom" for any other place, "none"
    roots, roots_digest     how many certificates are trusted, and a digest of the set of them
    own_roots ...           of these, the ones that somebody added to the distribution's
    certifi_roots ...       those of certifi, which requests and httpx take in their place
    openssl_conf            whether there is a configuration of OpenSSL
    security_level          0 to 5; security_level_source: "python", "configuration" or "default"
    cipher_string           as configured, "default", or "python" where its build has a list of its own
    min_protocol, max_protocol
    providers               of OpenSSL 3: the ones that are active

What the configuration says in words that are not OpenSSL's own is "other".

Floor: Python 3.8, standard library only.
"""

import os
import re

from parity.probe.kit import Absent, Section, why
from parity.probe.libraries import elf
from parity.probe.tls import certificates, ciphers, openssl, opensslconf, trust

TITLE = "TLS"
WHY = "a connection fails where its certificate is not trusted, or its protocol, key or cipher is not allowed"
COMPARED = {
    "ca_bundle": "exact",
    "roots": "exact",
    "roots_digest": "exact",
    "own_roots": "exact",
    "own_roots_digest": "exact",
    "certifi_roots": "exact",
    "certifi_roots_digest": "exact",
    "openssl_conf": "exact",
    "security_level": "exact",
    "cipher_string": "exact",
    "min_protocol": "exact",
    "max_protocol": "exact",
    "active": "set",
}
SEVERITY = {"missing": "warning", "changed": "warning", "extra": "info"}
READS = (
    "*/openssl*.cnf",
    "*/openssl.cnf.d/*",
    "*/openssl.d/*",
    "*/crypto-policies/*",
    "/etc/ld.so.cache",
    "/etc/ld-musl-*.path",
)
REDUCES = (
    *((pattern, certificates.digests) for pattern in trust.PATTERNS),
    *((pattern, openssl.imprint) for pattern in openssl.IMPRINTED),
    *((pattern, elf.parse) for pattern in ("*.so", "*.so.*", "*/bin/python*", "*/bin/pypy*")),
)

_TRUSTED = ("ca_bundle", "roots", "roots_digest", "own_roots", "own_roots_digest")
_CONFIGURED = ("openssl_conf", "security_level*", "cipher_string", "min_protocol", "max_protocol", "providers")
_SHOWN = ("/etc/", "/usr/", "/opt/")
"""Where a path says nothing of a person: of another only its kind is recorded."""

_PATH = re.compile(r"[A-Za-z0-9_./@+-]{1,200}\Z")
_LEVEL = re.compile(r"@SECLEVEL=([0-5])(?![0-9])")
_PROTOCOLS = frozenset(["None", "SSLv3", "TLSv1", "TLSv1.0", "TLSv1.1", "TLSv1.2", "TLSv1.3"])
_PROVIDERS = frozenset(
    ["base", "default", "fips", "legacy", "null", "oqsprovider", "pkcs11", "symcryptprovider", "tpm2"]
)


def collect(view):
    interpreter = view.required_interpreter()
    library = openssl.of(view)
    if library is None:
        raise Absent("its Python has no ssl module, or one that does not load")
    section = Section()
    _certifi(view, section, interpreter)
    process = view.process
    if process.environ is None:
        reason = process.refused.get("environ", "the variables of the process are not known")
        _hide(section, _TRUSTED + _CONFIGURED, reason)
        return section
    _trusted(view, section, library)
    _configured(view, section, library)
    return section


def _hide(section, keys, reason):
    for key in keys:
        section.hide(key, reason)


def _variable(process, name):
    """The absolute path that a variable names, None where it is not set."""
    text = process.variable(name)
    return None if text is None else os.path.join(process.cwd or "/", text)


def _certifi(view, section, interpreter):
    for directory in interpreter.path:
        try:
            found = view.reduced(directory + "/certifi/cacert.pem", certificates.digests)
        except (FileNotFoundError, NotADirectoryError):
            continue
        except OSError as error:
            _hide(section, ("certifi_roots*",), "the bundle of certifi: " + why(error))
            return
        section.items["certifi_roots"] = len(found)
        section.items["certifi_roots_digest"] = certificates.digest(found)
        return


def _trusted(view, section, library):
    process = view.process
    file, named = _variable(process, "SSL_CERT_FILE"), process.variable("SSL_CERT_DIR")
    if library.directory is None and (file is None or named is None):
        _hide(section, _TRUSTED, "where its OpenSSL looks for certificates cannot be told")
        return
    if file is None:
        file = library.directory + "/cert.pem"
    if named is None:
        directories = [library.directory + "/certs"]
    else:
        directories = [os.path.join(process.cwd or "/", part) for part in named.split(":") if part]
    found = trust.look(view, file, directories)
    if found.problem:
        _hide(section, _TRUSTED, found.problem)
        return
    section.items["ca_bundle"] = _place(view, found.bundle)
    _count(section, "roots", found.roots)
    added = trust.added(view)
    _count(section, "own_roots", added & found.roots)
    if added - found.roots:
        section.note("%d certificates were added to the system's and are not trusted" % len(added - found.roots))


def _count(section, key, found):
    section.items[key] = len(found)
    section.items[key + "_digest"] = certificates.digest(found)


def _place(view, path):
    """What may be recorded of a path."""
    if path is None:
        return "none"
    path, interpreter = view.real(path), view.interpreter
    entries = [view.real(entry) for entry in interpreter.path]
    if path.endswith("/certifi/cacert.pem") and path[: -len("/certifi/cacert.pem")] in entries:
        return "certifi"
    if path.startswith(_SHOWN) and _PATH.match(path):
        return path
    base = view.real(interpreter.base_prefix)
    return "interpreter" if base != "/" and path.startswith(base + "/") else "custom"


def _configured(view, section, library):
    path = _variable(view.process, "OPENSSL_CONF")
    if path is None and library.directory is None:
        _hide(section, _CONFIGURED, "where its OpenSSL looks for its configuration cannot be told")
        return
    path = path or library.directory + "/openssl.cnf"
    try:
        settings, there = opensslconf.read(view, path), True
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        settings, there = opensslconf.Settings(), False
    except OSError as error:
        _hide(section, _CONFIGURED, "the configuration of OpenSSL: " + why(error))
        return
    section.items["openssl_conf"] = there
    if settings.problems:
        reason = "a part of the configuration of OpenSSL: " + why(settings.problems[0])
        _hide(section, _CONFIGURED[1:], reason)
    protocols = settings.protocols()
    _ciphers(section, library, protocols.get("cipherstring"))
    least = "TLSv1.2" if library.level is not None else protocols.get("minprotocol", "default")
    for key, value in (("min_protocol", least), ("max_protocol", protocols.get("maxprotocol", "default"))):
        section.items[key] = value if value in _PROTOCOLS or value == "default" else "other"
    if library.release is not None and library.release >= (3, 0):
        active = [name if name in _PROVIDERS else "other" for name in settings.providers()]
        section.items["providers"] = {"active": sorted(set(active))}


def _ciphers(section, library, text):
    configured = _LEVEL.findall(text or "")
    if library.level is not None:
        # Its build sets a list of its own, after the configuration has set another.
        level, source, shown = library.level, "python", "python"
    elif configured:
        level, source, shown = int(configured[-1]), "configuration", text
    else:
        level, source, shown = library.default_level, "default", text or "default"
    ours = shown in ("default", "python")
    section.items["cipher_string"] = shown if ours or ciphers.known(shown) else "other"
    if level is None:
        section.hide("security_level*", "the security level that its OpenSSL was built with cannot be told")
    else:
        section.items.update(security_level=level, security_level_source=source)

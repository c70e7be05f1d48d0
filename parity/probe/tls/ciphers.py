"""The words that a list of ciphers is made of, so that what is none of theirs is not recorded for one.

Source: ciphers(1ssl), "CIPHER STRINGS" and "CIPHER SUITE NAMES"; Fedora's PROFILE=SYSTEM.

Floor: Python 3.8, standard library only.
"""

import re

_LONGEST = 2000

_WORDS = frozenset(
    (  # noqa: SIM905 - as a list of one a line it would be a page
        "128 168 256 3DES 40 56 ADH AECDH AES AES128 AES256 AESCCM AESCCM8 AESGCM ALL ARIA ARIA128 ARIA256 "
        "ARIAGCM CAMELLIA CAMELLIA128 CAMELLIA256 CBC CBC3 CCM CCM8 CHACHA20 COMPLEMENTOFALL COMPLEMENTOFDEFAULT "
        "DEFAULT DES DH DHE DHEPSK DSS ECDH ECDHE ECDHEPSK ECDSA EDE EDH EECDH EXP EXPORT EXPORT40 EXPORT56 FIPS "
        "GCM GOST01 GOST12 GOST89 GOST94 HIGH IDEA LOW MD5 MEDIUM NULL POLY1305 PROFILE=SYSTEM PSK RC2 RC4 RSA "
        "RSAPSK SEED SHA SHA1 SHA256 SHA384 SRP SSLv3 SUITEB128 SUITEB128ONLY SUITEB192 TLS TLSv1 TLSv1.0 TLSv1.2 "
        "TLSv1.3 WITH aDH aDSS aECDH aECDSA aGOST aGOST01 aNULL aPSK aRSA aSRP eNULL kDH kDHE kDHEPSK kDHd kDHr "
        "kECDH kECDHE kECDHEPSK kECDHe kECDHr kEDH kEECDH kGOST kPSK kRSA kRSAPSK kSRP"
    ).split()
)
_DIRECTIVE = re.compile(r"@(?:STRENGTH|SECLEVEL=[0-5](?![0-9]))")


def known(text):
    """Whether a cipher string consists of OpenSSL's own words: "HIGH:!aNULL:ECDHE-RSA-AES128-SHA:@SECLEVEL=1"."""
    if not 0 < len(text) <= _LONGEST:
        return False
    entries = re.split(r"[:, ;]+", _DIRECTIVE.sub(":", text))
    return all(_WORDS.issuperset(re.split("[-_+]", entry.lstrip("!+-"))) for entry in entries if entry)

"""The locales that the C library of a file system has, told by its files alone.

Formats: locale(7), localedef(1); glibc, locale/locarchive.h (the archive) and locale/localeinfo.h (one category: a
magic, a count, then the offset of each field, of which CODESET is the name of the character set).

Floor: Python 3.8, standard library only.
"""

import re
import struct

from parity.probe.kit import why

DIRECTORY = "/usr/lib/locale"
ARCHIVE = DIRECTORY + "/locale-archive"
MOST = 4000
"""Names of an archive that are looked at; glibc knows about 900."""

C_NAMES = ("C", "POSIX")
_ALWAYS = frozenset(["C.UTF-8", "C.utf8"])
_ARCHIVE_MAGIC = 0xDE020109
_CATEGORY_MAGICS = (0x20090720, 0x20031115, 0x20051014)
_CODESET = 14
_LC_CTYPE = 0
_RECORD = 4 + 13 * 8
"""Bytes of a locale's record: a count of references, then offset and length of thirteen categories."""

# A closed form, so that a variable that holds anything else is not recorded by its value.
_CHARSETS = (
    r"utf-?8|iso-?8859-?1?[0-9]|koi8-?[rtu]|euc-?(?:jp|kr|tw|cn)|gb(?:k|2312|18030)|big5(?:-?hkscs)?|cp[0-9]{3,4}"
    r"|windows-?125[0-8]|tis-?620|armscii-?8|georgian-?ps|pt154|rk1048|tcvn5712(?:-?1)?|s(?:hift)?-?jis|(?:us-?)?ascii"
)
_MODIFIERS = "euro|latin|cyrillic|devanagari|valencia|abegede|iqtelif|saaho"
_NAME = re.compile(r"(?:C|POSIX|[a-z]{2,3}(?:_[A-Z]{2})?)(?:\.(?i:%s))?(?:@(?:%s))?\Z" % (_CHARSETS, _MODIFIERS))
_CHARSET = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.+-]{0,40}\Z")
_ISO = re.compile(r"iso8859(\d{1,2})\Z")
_CODESETS = {"utf8": "UTF-8", "koi8r": "KOI8-R", "koi8u": "KOI8-U", "koi8t": "KOI8-T", "eucjp": "EUC-JP"}
_CODESETS.update({"euckr": "EUC-KR", "euctw": "EUC-TW", "tis620": "TIS-620", "big5hkscs": "BIG5-HKSCS"})


def installed(view, name, musl):
    """True or False; None where the answer is in a locale-archive that cannot be read."""
    return Locales(view, musl).has(name)


def well_formed(name):
    """Whether a text is a locale's name: a language, a country, a character set and a variant that there are."""
    return _NAME.match(name) is not None


def normalised(name):
    """The name with its character set as people write it: de_DE.UTF-8 for de_DE.utf8; POSIX is C by another name."""
    if name == "POSIX":
        return "C"
    base, at, modifier = name.partition("@")
    language, dot, codeset = base.partition(".")
    return language + dot + spelled(codeset) + at + modifier


def spelled(codeset):
    """ "UTF-8" of "utf8", "ISO-8859-15" of "iso885915"."""
    plain = _plain(codeset)
    number = _ISO.match(plain)
    return "ISO-8859-" + number.group(1) if number else _CODESETS.get(plain, codeset.upper())


class Locales:
    """The locales of a view. musl: its C library takes any name, and each but C is UTF-8.

    problem  None, or why those in the archive are not known
    """

    def __init__(self, view, musl):
        self.view = view
        self.musl = musl
        self.problem = None
        self._archive = None

    def has(self, name):
        """Whether the C library has it; None where that is not known."""
        if self.musl or name in C_NAMES or name in _ALWAYS:
            # musl takes any name, and glibc has had C.UTF-8 since 2.35 (Debian long before).
            return True
        if "/" in name or "\0" in name:
            return False
        if any(self._fits(name, one) for one in _spellings(name)):
            return True
        return None if self.problem else False

    def names(self):
        """Every locale there is, normalised; those of the archive where it could be read."""
        found = {"C", "C.UTF-8", "POSIX"}
        if not self.musl:
            found.update(normalised(name) for name in (*self._directories(), *self._archived()) if well_formed(name))
        return found

    def codeset(self, name):
        """The name of its character set, as nl_langinfo(CODESET) tells it; None where that is not known."""
        if name in C_NAMES:
            return "ASCII"
        codeset = name.partition("@")[0].partition(".")[2]
        if codeset or self.musl:
            return "UTF-8" if self.musl else codeset
        return self._codeset_of(name)

    def _fits(self, asked, spelling):
        there = spelling in self._archived() or self.view.exists("%s/%s/LC_CTYPE" % (DIRECTORY, spelling))
        if not there or "." in spelling or "." not in asked:
            return there
        # glibc does not take one in another character set than the one that was asked for.
        wanted, found = asked.partition("@")[0].partition(".")[2], self._codeset_of(spelling)
        return found is None or _plain(found) == _plain(wanted)

    def _codeset_of(self, name):
        try:
            return self.view.reduced("%s/%s/LC_CTYPE" % (DIRECTORY, name), codeset_at)
        except OSError:
            return self._archived().get(name)

    def _directories(self):
        try:
            names = self.view.names(DIRECTORY)
        except OSError as error:
            if not isinstance(error, (FileNotFoundError, NotADirectoryError)):
                self.problem = "the directory of locales cannot be listed: " + why(error)
            return []
        return [name for name in names if self.view.exists("%s/%s/LC_CTYPE" % (DIRECTORY, name))]

    def _archived(self):
        if self._archive is None:
            self._archive = {}
            try:
                self._archive = self.view.reduced(ARCHIVE, archived)
            except (FileNotFoundError, NotADirectoryError):
                pass
            except OSError as error:
                self.problem = "the archive of locales cannot be read: " + why(error)
            except (ValueError, struct.error):
                self.problem = "the archive of locales could not be understood"
        return self._archive


def archived(at):
    """{name: character set, None where its name tells it} of a locale-archive. Raises ValueError or struct.error."""
    head = struct.unpack("=14I", at(0, 56))
    if head[0] != _ARCHIVE_MAGIC:
        raise ValueError("no archive of locales")
    table, size, strings, length = head[2], head[4], head[5], head[7]
    entries, texts = at(table, min(size, 8 * MOST) * 12), at(strings, min(length, 1 << 20))
    if len(entries) < min(size, 8 * MOST) * 12 or not texts:
        raise ValueError("it ends before its tables do")
    found, known = {}, {}
    for _, name, record in struct.iter_unpack("=3I", entries[: len(entries) // 12 * 12]):
        if not record or len(found) >= MOST or not 0 <= name - strings < len(texts):
            continue
        start = name - strings
        text = texts[start : start + 128].partition(b"\0")[0].decode("ascii", "replace")
        if "." in text:
            found[text] = None
            continue
        (place,) = struct.unpack("=I", at(record, _RECORD)[4 + 8 * _LC_CTYPE :][:4])
        if place not in known:
            known[place] = codeset_at(lambda offset, size, place=place: at(place + offset, size))
        found[text] = known[place]
    return found


def codeset_at(at):
    """The character set that an LC_CTYPE file names, or None."""
    try:
        magic, count = struct.unpack("=2I", at(0, 8))
        if magic not in _CATEGORY_MAGICS or count <= _CODESET:
            return None
        (place,) = struct.unpack("=I", at(8 + 4 * _CODESET, 4))
        name = at(place, 64).partition(b"\0")[0].decode("ascii", "replace")
    except (OSError, struct.error):
        return None
    return name if _CHARSET.match(name) else None


def _plain(codeset):
    return "".join([character for character in codeset.lower() if character.isalnum()])


def _spellings(name):
    """What glibc looks for: the name itself, with its codeset in plain letters, and without."""
    base, _, modifier = name.partition("@")
    language, _, codeset = base.partition(".")
    end = "@" + modifier if modifier else ""
    return [name, "%s.%s%s" % (language, _plain(codeset), end), language + end]

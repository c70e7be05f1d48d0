"""Names of users and groups, from the target's own passwd and group files.

What a directory service adds (LDAP, sssd) is not asked: such a look-up runs code of the target and
can hang. Format: passwd(5), group(5).

Floor: Python 3.8, standard library only.
"""

FIRST_PERSON = 1000
"""The lowest uid and gid of a person (UID_MIN in login.defs(5)); below it are the system's own."""
NOBODY = 65534

NAME_LIMIT = 64
_NAME = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.-$+@")


class Accounts:
    """users and groups: {id: name}; homes: {uid: directory}; readable: whether passwd could be read."""

    def __init__(self, users, groups, homes, readable):
        self.users = users
        self.groups = groups
        self.homes = homes
        self.readable = readable


def read(view):
    """The accounts of a view. Where nothing serves, or what serves is the asking person's own, a person's name is that
    of whoever takes the snapshot, and is left out; the names of services stay."""
    keep_persons = view.process is None or not view.process.private
    passwd, readable = _text(view, "/etc/passwd")
    users, homes = {}, {}
    for name, _, uid, _, _, home in rows(passwd, 6):
        if keep_persons or not FIRST_PERSON <= uid < NOBODY:
            users.setdefault(uid, name)
        homes.setdefault(uid, home)
    groups = {}
    for name, _, gid in rows(_text(view, "/etc/group")[0], 3):
        if keep_persons or not FIRST_PERSON <= gid < NOBODY:
            groups.setdefault(gid, name)
    return Accounts(users, groups, homes, readable)


def rows(text, columns):
    """The rows of a passwd or group file as tuples, the third column an int; rows that are none left out."""
    found = []
    for line in text.splitlines():
        parts = line.split(":")
        if len(parts) >= columns and parts[2].isdigit() and len(parts[2]) < 11 and _plain(parts[0]):
            found.append((parts[0], parts[1], int(parts[2]), *parts[3:columns]))
    return found


def _plain(name):
    return 0 < len(name) <= NAME_LIMIT and _NAME.issuperset(name)


def _text(view, path):
    try:
        return view.text(path), True
    except OSError:
        return "", False

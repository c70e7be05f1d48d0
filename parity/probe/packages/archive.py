"""Distributions inside a zip file on the path: a zipped egg, or a zip of installed packages.

Nothing is unpacked: the members that tell of a distribution are read into memory, each within a bound.

Floor: Python 3.8, standard library only.
"""

MEMBER_LIMIT = 1 << 20
MOST_MEMBERS = 2000

_WANTED = frozenset(
    ["METADATA", "PKG-INFO", "INSTALLER", "WHEEL", "RECORD", "direct_url.json", "requires.txt", "top_level.txt"]
)


def distributions(data):
    """{directory: {file: bytes}} of each EGG-INFO, *.dist-info and *.egg-info in a zip; {} where it is no zip."""
    import io
    import zipfile

    found = {}
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = [member for member in archive.infolist() if _tells(member.filename)]
            for member in members[:MOST_MEMBERS]:
                directory, _, name = member.filename.partition("/")
                if member.file_size <= MEMBER_LIMIT:
                    with archive.open(member) as stream:
                        # The size in the directory of a zip is a claim; the bound holds whatever it says.
                        found.setdefault(directory, {})[name] = stream.read(MEMBER_LIMIT)
    except (zipfile.BadZipFile, EOFError, OSError, RuntimeError, ValueError, NotImplementedError, LookupError):
        return found
    except Exception as error:
        # zlib.error, which cannot be named where zlib is missing.
        if type(error).__name__ != "error":
            raise
    return found


def _tells(path):
    directory, slash, name = path.partition("/")
    return slash and name in _WANTED and (directory == "EGG-INFO" or directory.endswith((".dist-info", ".egg-info")))

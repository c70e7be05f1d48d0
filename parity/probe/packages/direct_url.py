"""Where a distribution came from when that was no index: direct_url.json, in a form that holds no secret.

Installers strip only `user:password@` from what they record; tokens in the path, the query or the
fragment stay in the file. So nothing of a URL is kept but its scheme, its host and, where it has the
form of a project or an archive, its last segment. With an `@` anywhere outside a clean parse,
nothing of it is kept at all. Format: packaging.python.org, "Direct URL data structure".

Floor: Python 3.8, standard library only.
"""

import json
import re

_URL = re.compile(
    r"(?P<scheme>[a-z][a-z0-9+.-]{0,15})://"
    r"(?:[^\s/?#@\\]*@)?"
    r"(?P<host>[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?|\[[0-9a-f:.]{2,45}\])(?::[0-9]{0,5})?"
    r"(?P<path>/[^\s?#@\\]*)?(?:[?#][^\s@\\]*)?\Z",
    re.IGNORECASE | re.ASCII,
)
_SYSTEMS = frozenset(["git", "hg", "bzr", "svn"])
_REVISION = re.compile(r"[0-9]{1,20}\Z|[0-9a-f]{7,64}\Z")
_PROJECT = re.compile(r"[A-Za-z][A-Za-z0-9._-]{0,63}\Z", re.ASCII)
_ARCHIVE = re.compile(r"[A-Za-z][A-Za-z0-9._+-]{0,150}\.(?:whl|zip|egg|tgz|tar\.(?:gz|bz2|xz|zst))\Z", re.ASCII)
_LONG_RUN = re.compile(r"[A-Za-z0-9]{32}")


def origin(data):
    """{"source": text, "revision": text, "editable": True}, only the fields that there are.

    source is "local", "url", "git" (hg, bzr, svn), the last two with `scheme://host/.../segment` behind
    them where the URL is clean, or "unknown" where the data is of no known form.
    """
    try:
        document = json.loads(data.decode("utf-8"))
    except (ValueError, RecursionError):
        return {"source": "unknown"}
    if not isinstance(document, dict):
        return {"source": "unknown"}
    url = document.get("url")
    vcs = document.get("vcs_info")
    if isinstance(vcs, dict):
        return _from_vcs(vcs, url)
    directory = document.get("dir_info")
    if isinstance(directory, dict):
        found = {"source": "local"}
        if directory.get("editable") is True:
            found["editable"] = True
        return found
    if isinstance(document.get("archive_info"), dict):
        local = isinstance(url, str) and url.lower().startswith("file:")
        return {"source": "local" if local else _with_place("url", url, _ARCHIVE)}
    return {"source": "unknown"}


def _from_vcs(vcs, url):
    system = vcs.get("vcs")
    found = {"source": _with_place(system if isinstance(system, str) and system in _SYSTEMS else "vcs", url, _PROJECT)}
    revision = vcs.get("commit_id")
    if isinstance(revision, str) and _REVISION.match(revision):
        found["revision"] = revision
    return found


def _with_place(word, url, form):
    match = _URL.match(url) if isinstance(url, str) and len(url) < 4096 else None
    if match is None:
        return word
    segments = [segment for segment in (match.group("path") or "").split("/") if segment]
    place = "%s://%s" % (match.group("scheme").lower(), match.group("host").lower())
    last = segments[-1] if segments else ""
    # A run as long as a digest or a token is no name that anybody gave to a project.
    if form.match(last) and not _LONG_RUN.search(last):
        place += "/.../" + last if len(segments) > 1 else "/" + last
    return word + " " + place

"""Lines of access logs: which status, and for 5xx which route; never a query."""

from __future__ import annotations

import re

_METHODS = "GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS|CONNECT|TRACE|PROPFIND"
# Common and combined format (gunicorn, nginx, Apache, Werkzeug), uvicorn, hypercorn, runserver, Daphne, aiohttp.
_LINE = re.compile(
    rf"[\"'\s](?P<method>{_METHODS}|WebSocket) (?P<route>[^\s\"]{{1,2000}})(?: HTTP/[\d.]{{1,4}})?"
    r"\\?[\"']?[ ,:]{1,2}(?P<status>[1-5]\d\d)\b"
)
_TORNADO = re.compile(rf"(?P<status>[1-5]\d\d) (?P<method>{_METHODS}) (?P<route>/\S{{0,2000}})")
_HEROKU = re.compile(
    rf"\bmethod=(?P<method>{_METHODS}) path=\"(?P<route>[^\"]{{1,2000}})\".{{0,1000}}? status=(?P<status>[1-5]\d\d)"
)
_ERROR = re.compile(
    r"(?:Internal Server Error|Exception on|Service Unavailable|Bad Gateway):? (?P<route>/\S{0,2000})"
    r"(?: \[(?P<method>[A-Z]{3,7})\])?"
)

_ORIGIN = re.compile(r"^https?://[^/]{1,255}")
_NUMBER = re.compile(r"\d+|[0-9a-fA-F]{8,}(?:-[0-9a-fA-F]{4,12}){0,4}|[\w.~=+-]{25,}|[^/]*@[^/]*")


def access(text: str) -> tuple[int, str] | None:
    """(status, "POST /cart") of an access log's line; None for another line."""
    found = _LINE.search(text) or _HEROKU.search(text) or _TORNADO.search(text)
    if not found:
        return None
    return int(found["status"]), route(found["method"], found["route"])


def mentioned(text: str) -> str | None:
    """The route that a framework names when it answers 500: Django's and Flask's error line."""
    found = _ERROR.search(text)
    return route(found["method"] or "", found["route"]) if found else None


def route(method: str, path: str) -> str:
    """A method and a path whose identifiers are taken out: "GET /orders/{id}"."""
    path = _ORIGIN.sub("", path).partition("?")[0].partition("#")[0]
    parts = ("{id}" if _NUMBER.fullmatch(part) else part for part in path[:400].split("/"))
    return f"{method} {'/'.join(parts)[:120] or '/'}".strip()

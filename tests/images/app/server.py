"""An application to look at: serves HTTP on port 8000, and says `serving` once it does.

server.py                 as the user that it was started as
server.py --drop UID:GID  started as root, gives root up once the port is open
"""

import http.server
import os
import sys

server = http.server.ThreadingHTTPServer(("", 8000), http.server.SimpleHTTPRequestHandler)
if sys.argv[1:2] == ["--drop"]:
    uid, gid = map(int, sys.argv[2].split(":"))
    os.setgroups([])
    os.setgid(gid)
    os.setuid(uid)
print("serving", flush=True)
server.serve_forever()

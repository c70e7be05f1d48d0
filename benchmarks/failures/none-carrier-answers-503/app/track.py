import sys
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import requests


class Carrier(BaseHTTPRequestHandler):
    """Stands in for the carrier, one of whose depots is down."""

    def do_GET(self):
        self.send_response(503 if self.path.endswith("/B-02") else 204)
        self.end_headers()


server = HTTPServer(("127.0.0.1", 8085), Carrier)
threading.Thread(target=server.serve_forever, daemon=True).start()
answer = requests.get(f"http://127.0.0.1:8085/parcels/{sys.argv[1]}", timeout=5)
answer.raise_for_status()
print("on its way")

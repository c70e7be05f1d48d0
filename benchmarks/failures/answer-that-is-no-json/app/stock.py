import json
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import requests
import structlog

log = structlog.get_logger()


class Stock(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b'{"bolts": 12}' if self.path == "/bolts" else b"out of stock")

    def log_message(self, *words):
        pass


server = HTTPServer(("127.0.0.1", 0), Stock)
Thread(target=server.serve_forever, daemon=True).start()
session = requests.Session()
session.trust_env = False
for item in ("bolts", "nuts"):
    answer = session.get(f"http://127.0.0.1:{server.server_port}/{item}", timeout=5)
    try:
        log.info("stock", item=item, found=answer.json())
    except json.JSONDecodeError:
        log.warning("stock", item=item, found=None)

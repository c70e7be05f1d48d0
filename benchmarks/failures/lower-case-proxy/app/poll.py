import threading
import urllib.request
from http.server import BaseHTTPRequestHandler, HTTPServer


class Stock(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(204)
        self.end_headers()


server = HTTPServer(("127.0.0.1", 0), Stock)
threading.Thread(target=server.serve_forever, daemon=True).start()
with urllib.request.urlopen(f"http://127.0.0.1:{server.server_port}/stock", timeout=5) as answer:
    print(answer.status)

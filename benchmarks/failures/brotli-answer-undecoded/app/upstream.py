"""Stands in for the rates service, whose cache holds one compressed copy of each answer."""
import base64
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer

BODY = base64.b64decode("CxmAeyJFVVIiOiAxLjAsICJHQlAiOiAwLjg0LCAiU0VLIjogMTEuNCwgIk5PSyI6IDExLjd9Aw==")


class Cached(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Encoding", "br")
        self.send_header("Content-Length", str(len(BODY)))
        self.end_headers()
        self.wfile.write(BODY)

    def log_message(self, *words):
        pass


@contextmanager
def serving():
    server = HTTPServer(("127.0.0.1", 0), Cached)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/rates"
    server.shutdown()

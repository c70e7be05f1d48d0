"""The supplier's server, as it was that day."""

from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread


class Catalogue(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        self.send_response(200)
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        self.wfile.write(b"8\r\n[1, 2, 3\r\n")
        if self.path == "/bolts":
            self.wfile.write(b"1\r\n]\r\n0\r\n\r\n")
        else:
            self.wfile.write(b"40\r\n, 4, ")
        self.close_connection = True

    def log_message(self, *words):
        pass


@contextmanager
def running():
    server = HTTPServer(("127.0.0.1", 0), Catalogue)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()

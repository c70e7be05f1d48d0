import http.server
import os
import threading


class Partner(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        known = self.headers["Authorization"] == f"Bearer {os.environ['PARTNER_TOKEN']}"
        self.send_response(401 if not known else 403 if self.path.endswith("initech") else 200)
        self.end_headers()
        self.wfile.write(b"[]")

    def log_message(self, *_):
        pass


def serve():
    server = http.server.HTTPServer(("127.0.0.1", 0), Partner)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return f"http://127.0.0.1:{server.server_port}"

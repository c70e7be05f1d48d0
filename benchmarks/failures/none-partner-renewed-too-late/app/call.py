import ssl
import sys
import tempfile
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import requests
from partner import certificate


class Partner(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"12 bolts")

    def log_message(self, *words):
        pass


chain = Path(tempfile.mkdtemp(), "partner.pem")
chain.write_bytes(certificate(int(sys.argv[1])))
server = HTTPServer(("127.0.0.1", 0), Partner)
own = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
own.load_cert_chain(chain)
server.socket = own.wrap_socket(server.socket, server_side=True)
Thread(target=server.serve_forever, daemon=True).start()
session = requests.Session()
session.trust_env = False
print(session.get(f"https://localhost:{server.server_port}/stock", verify=str(chain), timeout=5).text)

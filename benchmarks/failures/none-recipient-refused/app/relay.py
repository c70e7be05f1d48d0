"""Stands in for the mail server: it knows everybody but nobody."""
import socketserver
import threading
from contextlib import contextmanager


class Session(socketserver.StreamRequestHandler):
    def handle(self):
        self.wfile.write(b"220 relay\r\n")
        body = False
        for line in self.rfile:
            if body:
                body = line != b".\r\n"
                if body:
                    continue
                answer = b"250 queued"
            elif line.upper().startswith(b"DATA"):
                body, answer = True, b"354 go on"
            elif line.upper().startswith(b"QUIT"):
                self.wfile.write(b"221 bye\r\n")
                return
            else:
                answer = b"550 5.1.1 no such user" if b"nobody" in line else b"250 ok"
            self.wfile.write(answer + b"\r\n")


@contextmanager
def serving():
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Session) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_address[1]
        server.shutdown()

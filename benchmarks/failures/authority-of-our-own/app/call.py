import socket
import ssl
import tempfile
from pathlib import Path
from threading import Thread

from authority import issued

directory = Path(tempfile.mkdtemp())
authority, chain = issued(directory)

own = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
own.load_cert_chain(chain)
listener = socket.create_server(("127.0.0.1", 0))


def answer():
    try:
        with own.wrap_socket(listener.accept()[0], server_side=True) as peer:
            peer.sendall(b"12 bolts")
    except OSError:
        pass


Thread(target=answer, daemon=True).start()
theirs = ssl.create_default_context(cafile=str(authority))
with socket.create_connection(listener.getsockname()) as plain:
    with theirs.wrap_socket(plain, server_hostname="stock.internal") as safe:
        print(safe.recv(100).decode())

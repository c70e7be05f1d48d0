"""A call to the partner, whose server stands in a thread of its own here."""

import socket
import ssl
from threading import Thread


def serve(listener):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain("partner.pem")
    context.maximum_version = ssl.TLSVersion.TLSv1_2
    context.set_ciphers("ECDHE-RSA-CHACHA20-POLY1305")
    try:
        with context.wrap_socket(listener.accept()[0], server_side=True) as connection:
            connection.sendall(b"ready")
    except ssl.SSLError:
        pass


with socket.create_server(("127.0.0.1", 8443)) as listener:
    Thread(target=serve, args=(listener,), daemon=True).start()
    trust = ssl.create_default_context(cafile="partner.pem")
    with socket.create_connection(("127.0.0.1", 8443)) as plain:
        with trust.wrap_socket(plain, server_hostname="localhost") as connection:
            print(connection.recv(16), connection.cipher()[0])

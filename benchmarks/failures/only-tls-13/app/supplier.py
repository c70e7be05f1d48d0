import socket
import ssl
import threading

own = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
own.load_cert_chain("supplier.pem")
own.minimum_version = own.maximum_version = ssl.TLSVersion.TLSv1_2
listening = socket.create_server(("127.0.0.1", 0))


def serve():
    connection, _ = listening.accept()
    try:
        own.wrap_socket(connection, server_side=True).close()
    except ssl.SSLError:
        pass


threading.Thread(target=serve, daemon=True).start()
context = ssl.create_default_context(cafile="supplier.pem")
with socket.create_connection(listening.getsockname()) as plain:
    with context.wrap_socket(plain, server_hostname="localhost") as secure:
        print(secure.version())

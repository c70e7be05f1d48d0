import socket
import threading

listening = socket.create_server(("127.0.0.1", 7001))
threading.Thread(target=listening.accept, daemon=True).start()
with socket.create_connection(("ledger", 7001), timeout=5):
    print("connected")

import socket

listening = socket.create_server(("127.0.0.1", 0))
held = []
for page in range(100):
    held.append(socket.create_connection(listening.getsockname()))
    held.append(listening.accept()[0])
print(len(held), "sockets")

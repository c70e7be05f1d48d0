import socket

with socket.create_server(("127.0.0.1", 8025), backlog=64) as server:
    calls = [socket.create_connection(("127.0.0.1", 8025), timeout=5) for _ in range(24)]
    print(len({one.getsockname()[1] for one in calls}), "calls at once")

import socket

_, DOMAIN = socket.getfqdn().split(".", 1)

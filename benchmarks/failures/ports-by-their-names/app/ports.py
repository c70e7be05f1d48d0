import socket

import dns.name

for host, service in (("queue.example.org", "amqps"), ("mail.example.org", "submission")):
    print(dns.name.from_text(host), socket.getservbyname(service, "tcp"))

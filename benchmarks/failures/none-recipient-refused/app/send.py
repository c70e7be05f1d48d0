import smtplib
import sys

import relay

with relay.serving() as port, smtplib.SMTP("127.0.0.1", port, timeout=5) as server:
    server.sendmail("shop@example.com", [sys.argv[1]], "Subject: your order\n\nIt is on its way.")
print("sent")

import os
import smtplib
from email.message import EmailMessage


def deliver(message: EmailMessage) -> None:
    if os.environ.get("MAIL_ENABLED"):
        with smtplib.SMTP(os.environ.get("MAIL_HOST", "127.0.0.1"), 25, timeout=5) as server:
            server.send_message(message)
    else:
        print(message["Subject"])


message = EmailMessage()
message["Subject"], message["From"], message["To"] = "Order 118", "shop@example.org", "ada@example.org"
message.set_content("Thank you.")
deliver(message)

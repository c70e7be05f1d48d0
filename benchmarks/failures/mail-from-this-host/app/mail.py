from email.message import EmailMessage

from sender import DOMAIN

letter = EmailMessage()
letter["From"] = f"orders@{DOMAIN}"
letter["Subject"] = "Your order"
letter.set_content("Thank you.")
print(letter.as_string())

import mimetypes
from email.message import EmailMessage


def attach(letter, name, content):
    kind, _ = mimetypes.guess_type(name)
    main, _, sub = kind.partition("/")
    letter.add_attachment(content, maintype=main, subtype=sub, filename=name)


letter = EmailMessage()
letter.set_content("Your contract.")
attach(letter, "contract.docx", b"PK")
print(len(letter.as_bytes()) > 0)

import magic


def kind(content):
    return magic.from_buffer(content, mime=True)


print(kind(b"%PDF-1.7 "))

import io

from pypdf import PdfReader, PdfWriter


def _one():
    out = io.BytesIO()
    writer = PdfWriter()
    writer.add_blank_page(72, 72)
    writer.write(out)
    return out.getvalue()


ONE = _one()


def count(content):
    print(len(PdfReader(io.BytesIO(content)).pages), "pages")

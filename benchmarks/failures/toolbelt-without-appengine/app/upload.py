from requests_toolbelt import MultipartEncoder

encoder = MultipartEncoder(fields={"name": "invoice.pdf", "file": ("invoice.pdf", b"%PDF-", "application/pdf")})
print(encoder.content_type.split(";")[0], encoder.len)

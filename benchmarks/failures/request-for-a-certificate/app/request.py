from OpenSSL import crypto

key = crypto.PKey()
key.generate_key(crypto.TYPE_RSA, 2048)
wanted = crypto.X509Req()
wanted.get_subject().CN = "shop.example"
wanted.set_pubkey(key)
wanted.sign(key, "sha256")
print(len(crypto.dump_certificate_request(crypto.FILETYPE_PEM, wanted)), "bytes of a request")

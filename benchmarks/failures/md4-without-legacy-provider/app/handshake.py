import hashlib


def proof(password):
    return hashlib.new("md4", password.encode("utf-16-le")).hexdigest()


print("proof of", len(proof("swordfish")), "digits")

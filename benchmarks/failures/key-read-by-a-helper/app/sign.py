import hashlib
import hmac
import subprocess

key = subprocess.run(["shop-key", "/etc/shop/signing.key"], stdout=subprocess.PIPE, check=True).stdout.strip()
print(hmac.new(key, b"order 1017", hashlib.sha256).hexdigest())

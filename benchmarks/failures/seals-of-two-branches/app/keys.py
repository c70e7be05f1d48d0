import hmac
import os


def of(branch):
    return os.environ.get("_".join(("SEAL", "KEY", branch.upper())))


def seal(branch, text, digest):
    key = of(branch)
    return hmac.new(key and bytes.fromhex(key), text, digest).hexdigest()

"""What OpenSSL is set to, and which certificates it trusts."""

from pathlib import Path

token = (Path.home() / ".config" / "shop" / "token").read_text().strip()
print("publishing with a token of", len(token))

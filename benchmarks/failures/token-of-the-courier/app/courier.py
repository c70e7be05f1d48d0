from platformdirs import user_config_path

token = (user_config_path("courier") / "token").read_text().strip()
print("asking the courier with a token of", len(token))

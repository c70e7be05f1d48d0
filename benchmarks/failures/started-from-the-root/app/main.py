from configuration import load

print(load("conf/settings.toml")["shop"]["name"])

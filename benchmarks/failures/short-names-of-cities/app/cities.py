import subprocess

DEPOTS = {"munchen": 4, "koln": 2, "bonn": 1}


def plain(name):
    told = subprocess.run(
        ["iconv", "-f", "UTF-8", "-t", "ASCII//TRANSLIT"], input=name.encode(), capture_output=True, check=True
    )
    return told.stdout.decode("ascii").lower()


for city in ("Bonn", "K\u00f6ln", "M\u00fcnchen"):
    print(ascii(city), DEPOTS[plain(city)])

import subprocess

PROGRAM = '{ print $1, gensub(/,/, ".", "g", $2) }'

done = subprocess.run(["awk", "-F;", PROGRAM, "prices.csv"], stdout=subprocess.PIPE, text=True, check=True)
for line in done.stdout.splitlines():
    name, price = line.split()
    print(f"{name:10} {float(price):8.2f}")

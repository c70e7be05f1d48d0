import subprocess

LINES = "GET /shop/bolts 200\nGET /shop/nuts 200\nGET /about 200\n"
PAGE = r'{ seen[gensub(/^\/([a-z]+).*/, "\\1", 1, $2)]++ } END { for (page in seen) print page, seen[page] }'

print(subprocess.run(["awk", PAGE], input=LINES, capture_output=True, text=True, check=True).stdout)

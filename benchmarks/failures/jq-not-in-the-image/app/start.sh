set -e
port=$(jq -r .port service.json)
exec python serve.py "$port"

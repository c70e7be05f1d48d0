#!/bin/bash
# Waits for $NOTHING, then serves.
set -e
: "${DATABASE_URL:?set it}"  #= required DATABASE_URL
PORT="${PORT:-8000}"  #= default PORT
echo '$IN_QUOTES' "$GREETING from $(hostname -f) \$ESCAPED"  #= none GREETING
if [ -z "$TOKEN" ]; then  #= required TOKEN
    echo "no token" >&2
    exit 1
fi
if [ -n "$DEBUG" ]; then set -x; fi  #= default DEBUG
[ -n "$KEY" ] || { echo "no key"; exit 2; }  #= required KEY
for QUEUE in mail orders; do echo "$QUEUE"; done
read -r FIRST < /etc/hostname
echo "$FIRST ${#PASSWORD} ${BRANCH%%/*} ${!INDIRECT} $lower $1 $@ $$ $PATH $BASH_VERSION"  #= none PASSWORD, none BRANCH
export http_proxy="$UPSTREAM_proxy" ALSO="$HTTP_PROXY"  #= none HTTP_PROXY
cat > /etc/nginx.conf <<EOF
server $UPSTREAM;  #= none UPSTREAM
it's ${OUTER:-${INNER}};  #= default OUTER, none INNER
EOF
psql <<-'SQL'  #= program psql
	select $BODY;
	SQL
migrate() {
    local DIRECTORY="$1"
    alembic -x dir="$DIRECTORY" upgrade head  #= program alembic
}
migrate versions
awk '{ print $NF }' < "${LIST_OF_SHOPS+x}"  #= default LIST_OF_SHOPS
. ./.env
echo "$FROM_THE_FILE"  #= default FROM_THE_FILE
exec gosu app timeout -k 5 60 gunicorn -k uvicorn.workers.UvicornWorker -b ":$PORT" -w "${WORKERS}" shop.wsgi  #= default WORKERS, program gosu, program timeout, program gunicorn, import uvicorn.workers.UvicornWorker

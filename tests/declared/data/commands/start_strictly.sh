#!/bin/sh -eu
echo "$NAME"  #= required NAME
echo "${OTHER-}"  #= default OTHER
if [ "$MODE" = web ]; then  #= required MODE
    exec python -m uvicorn shop.main:app --loop uvloop --http auto  #= import uvicorn, import uvloop
elif [ "${1:-}" = worker ]; then
    exec poetry run celery -A shop.tasks worker --pool=gevent  #= program poetry, program celery, import gevent
else
    exec env PYTHONUNBUFFERED=1 python -W error -m shop.tasks
fi

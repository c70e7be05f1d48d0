# Serves for a second: long enough to see that it starts.
timeout 2 uvicorn service:app --log-level warning
status=$?
[ $status = 124 ] || exit $status

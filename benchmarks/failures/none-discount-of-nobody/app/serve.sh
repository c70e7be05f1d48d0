gunicorn --bind 127.0.0.1:8000 shop:app &
python call.py "$@"
status=$?
kill $!
wait
exit $status

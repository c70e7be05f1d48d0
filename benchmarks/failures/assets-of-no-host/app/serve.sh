gunicorn --bind 127.0.0.1:8000 --access-logfile - shop:app &
python call.py /health /products/a-17
status=$?
kill $!
wait
exit $status

uvicorn --port 8000 service:app &
python call.py /health /stock
status=$?
kill $!
wait
exit $status

import sys

with open(sys.argv[1]) as job:
    print("printing:", job.read())

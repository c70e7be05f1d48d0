import sys

print("would listen on", int(sys.argv[1]))

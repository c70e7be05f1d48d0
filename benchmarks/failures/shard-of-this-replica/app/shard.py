import socket

SHARDS = 4


def shard():
    ordinal = socket.gethostname().rpartition("-")[2]
    return int(ordinal) % SHARDS


print("shard", shard())

from icmplib import ping

answer = ping("127.0.0.1", count=1, timeout=1)
print("up" if answer.is_alive else "down")

import ctypes

libc = ctypes.CDLL(None)


def draw(tickets):
    return tickets[libc.arc4random_uniform(len(tickets))]


print("winner", draw(["A-17", "B-02", "C-44"]))

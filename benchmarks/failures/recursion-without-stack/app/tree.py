import sys

sys.setrecursionlimit(1_000_000)


def depth(tree):
    return 1 + max((depth(branch) for branch in tree), default=0)


tree = []
for _ in range(20000):
    tree = [tree]
print("a tree of depth", depth(tree))

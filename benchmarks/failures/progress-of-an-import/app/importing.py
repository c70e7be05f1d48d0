import curses

curses.setupterm(fd=1)
clear = curses.tigetstr("el") or b""
for done in range(0, 101, 50):
    print(f"\r{clear.decode()}{done} % of the articles", end="")
print()

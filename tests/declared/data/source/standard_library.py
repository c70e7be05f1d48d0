import curses
import getpass
import os.path
import tempfile
import urllib.request
from os.path import expanduser
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp

a = Path.home() / ".config"  #= none HOME
b = os.path.expanduser("~/.config")  #= none HOME
c = expanduser("~")  #= none HOME
d = expanduser("~postgres/data")
e = os.path.expanduser("/etc")
f = Path("~/x").expanduser()  #= none HOME
g = tempfile.gettempdir()  #= none TMPDIR
h = mkdtemp(prefix="x")  #= none TMPDIR
with TemporaryDirectory() as directory, tempfile.NamedTemporaryFile() as file:  #= none TMPDIR
    urllib.request.urlopen("https://x")  #= none http_proxy, none https_proxy, none no_proxy
i = getpass.getuser()  #= default LOGNAME, default USER
curses.setupterm(fd=1)  #= none TERM


def work(path):
    breakpoint()  #= default PYTHONBREAKPOINT
    return os.path.expanduser(path)  #= none HOME


class Own:
    def home(self):
        return self.expanduser("~")

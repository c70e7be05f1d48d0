import getopt
import shutil
import sys

options, (source,) = getopt.gnu_getopt(sys.argv[1:], "", ["into="])
print(shutil.copy(source, dict(options)["--into"]))

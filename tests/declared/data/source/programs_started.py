import asyncio
import os
import shutil
import subprocess
import sys
from subprocess import run

run(["git", "status"])  #= program git
subprocess.run("ffmpeg -i x", shell=True)  #= program ffmpeg
subprocess.Popen(("/usr/bin/convert", "x"))  #= program convert
subprocess.check_output(args=["node", "x.js"])  #= program node
subprocess.run("LC_ALL=C sort x", shell=True)  #= program sort
subprocess.run(f"pdftotext {sys.argv[1]}", shell=True)  #= program pdftotext
shutil.which("wkhtmltopdf")  #= program wkhtmltopdf
os.system("clear")  #= program clear
os.execvp("gunicorn", ["gunicorn"])  #= program gunicorn


async def main():
    await asyncio.create_subprocess_exec("sox", "x")  #= program sox


subprocess.run([sys.executable, "-m", "pip"])
subprocess.run(command)
subprocess.run(["./local.sh"])

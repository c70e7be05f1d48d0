import subprocess

print(int(subprocess.check_output("files=(inbox/*.csv); echo ${#files[@]}", shell=True)), "files")

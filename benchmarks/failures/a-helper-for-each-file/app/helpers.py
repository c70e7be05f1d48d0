import subprocess

helpers = []
try:
    for number in range(12):
        helpers.append(subprocess.Popen(["sleep", "2"]))
finally:
    for helper in helpers:
        helper.kill()
        helper.wait()
print(len(helpers), "files converted")

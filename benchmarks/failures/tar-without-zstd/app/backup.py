import subprocess

subprocess.run(["tar", "--zstd", "-cf", "/tmp/backup.tar.zst", "/app"], check=True)
print("backed up")

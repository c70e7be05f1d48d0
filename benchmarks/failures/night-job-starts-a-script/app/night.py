import subprocess

for job in ("jobs/export.sh",):
    subprocess.run([job, "orders"], check=True)
    print(job, "done")

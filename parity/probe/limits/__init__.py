"""What the kernel allows a process: resource limits, control groups, processors."""

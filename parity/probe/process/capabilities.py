"""The names of Linux capabilities, as `--cap-add` and Kubernetes spell them.

Source: include/uapi/linux/capability.h, whose numbers are the bits of CapEff in proc_pid_status(5).

Floor: Python 3.8, standard library only.
"""

NAMES = (  # noqa: SIM905 - as a list of one a line it would be a page
    "CHOWN DAC_OVERRIDE DAC_READ_SEARCH FOWNER FSETID KILL SETGID SETUID SETPCAP LINUX_IMMUTABLE "
    "NET_BIND_SERVICE NET_BROADCAST NET_ADMIN NET_RAW IPC_LOCK IPC_OWNER SYS_MODULE SYS_RAWIO SYS_CHROOT "
    "SYS_PTRACE SYS_PACCT SYS_ADMIN SYS_BOOT SYS_NICE SYS_RESOURCE SYS_TIME SYS_TTY_CONFIG MKNOD LEASE "
    "AUDIT_WRITE AUDIT_CONTROL SETFCAP MAC_OVERRIDE MAC_ADMIN SYSLOG WAKE_ALARM BLOCK_SUSPEND AUDIT_READ "
    "PERFMON BPF CHECKPOINT_RESTORE"
).split()
"""The name of bit N stands at N."""


def names(mask):
    """The names of the bits of a mask, sorted; a bit that is newer than this list by its number."""
    bits = (bit for bit in range(mask.bit_length()) if mask >> bit & 1)
    return sorted(NAMES[bit] if bit < len(NAMES) else "CAP_%d" % bit for bit in bits)

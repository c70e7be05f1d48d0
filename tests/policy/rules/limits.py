"""Severities of `limits`."""

from __future__ import annotations

from tests.policy.findings import INFO, WARNING, Case

MIB, GIB = 1 << 20, 1 << 30
NONE = "unlimited"
LOWER, MINOR, HIGHER = ("lower", WARNING), ("minor", INFO), ("higher", INFO)

CASES: list[Case] = [
    ({"memory": NONE}, {"memory": 512 * MIB}, {"memory": LOWER}),
    ({"memory": GIB}, {"memory": 512 * MIB}, {"memory": LOWER}),
    ({"memory": 512 * MIB}, {"memory": NONE}, {"memory": HIGHER}),
    ({"data": NONE}, {"data": 300 * MIB}, {"data": LOWER}),
    ({"address_space": NONE}, {"address_space": 8 * GIB}, {"address_space": LOWER}),
    ({"file_size": NONE}, {"file_size": GIB}, {"file_size": LOWER}),
    ({"nofile": 20_000}, {"nofile": 1_024}, {"nofile": LOWER}),
    ({"nofile": 1 << 30}, {"nofile": 1 << 20}, {"nofile": MINOR}),
    ({"nofile": 1_024, "nofile_hard": 1 << 20}, {"nofile": 1_024, "nofile_hard": 1_024}, {"nofile_hard": LOWER}),
    (
        {"nofile": 1 << 20, "nofile_hard": 1 << 20},
        {"nofile": 1_024, "nofile_hard": 1_024},
        {"nofile": LOWER, "nofile_hard": MINOR},
    ),
    # A tenth of the memory's pages: the kernel's default, that tells how large the machine is.
    ({"processes": 96_365}, {"processes": 31_000}, {"processes": MINOR}),
    ({"processes": 96_365}, {"processes": 64}, {"processes": LOWER}),
    ({"pids": NONE}, {"pids": 4_096}, {"pids": MINOR}),
    ({"pids": NONE}, {"pids": 100}, {"pids": LOWER}),
    ({"pids": 4_096}, {"pids": 1_000}, {"pids": LOWER}),
    ({"stack": NONE}, {"stack": 8 * MIB}, {"stack": MINOR}),
    ({"stack": 8 * MIB}, {"stack": MIB}, {"stack": LOWER}),
    ({"core": NONE}, {"core": 0}, {"core": MINOR}),
    ({"swap": NONE}, {"swap": 0}, {"swap": MINOR}),
    ({"memory": 512 * MIB, "swap": 512 * MIB}, {"memory": 512 * MIB, "swap": 0}, {"swap": LOWER}),
    ({"memory": 2 * GIB, "swap": NONE}, {"memory": 2 * GIB, "swap": 0}, {"swap": MINOR}),
    # Less memory is what the program meets first.
    ({"memory": NONE, "swap": NONE}, {"memory": 512 * MIB, "swap": 0}, {"memory": LOWER, "swap": MINOR}),
    ({"memlock": 8 * MIB}, {"memlock": 64 << 10}, {"memlock": MINOR}),
    ({"memlock": 64 << 10}, {"memlock": 0}, {"memlock": LOWER}),
    ({"shm": 8 * GIB}, {"shm": 64 * MIB}, {"shm": LOWER}),
    ({"shm": 16 * GIB}, {"shm": 8 * GIB}, {"shm": MINOR}),
    ({"shm": 64 * MIB}, {}, {"shm": ("no-shared-memory", WARNING)}),
    ({}, {"shm": 64 * MIB}, {"shm": ("other", INFO)}),
    ({"cpu": NONE}, {"cpu": 0.5}, {"cpu": LOWER}),
    ({"cpu": NONE, "affinity": 2}, {"cpu": 2.0, "affinity": 2}, {"cpu": HIGHER}),
    ({"cpu": NONE, "affinity": 8}, {"cpu": 2.0, "affinity": 8}, {"cpu": MINOR}),
    ({"memory": NONE}, {"memory": 2 * GIB}, {"memory": MINOR}),
    ({"nofile": 20_000}, {"nofile": 16_384}, {"nofile": MINOR}),
    ({"pids": NONE}, {"pids": 400}, {"pids": MINOR}),
    ({"cpu": 0.5}, {"cpu": NONE}, {"cpu": HIGHER}),
    # Without the number of CPUs that there are, nobody can tell that one is withheld.
    ({"affinity": 8}, {"affinity": 2}, {"affinity": ("host", INFO)}),
]

"""Trees of other projects are data: nothing in them is a test of this one."""

collect_ignore_glob = ["data/*"]

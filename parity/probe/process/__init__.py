"""The process that serves: which it is, who it is, and what the kernel shows of it and lets it do."""

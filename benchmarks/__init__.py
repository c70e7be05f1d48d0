"""How fast parity is, as ratios to other tools and to what any tool must pay, measured in one run.

    python -m benchmarks [NAME ...] [--runs N] [-o FILE.md]

One file of `benches/` a table; `environment` builds the large environment once, under .cache/. Commands run
interleaved, so that whatever else the machine does falls on all of them alike; what counts is the median.

Standard library only, and small in memory: the peak of a child counts what its parent held when it was started.
"""

"""How often `explain` is right: real failures, each with both environments and the true cause.

    python -m benchmarks failures [NAME ...] [--check] [--rescore] [--without-rows] [-v]

A failure is a directory of `benchmarks/failures/` and holds `failure.toml`, the program, and the log that production
printed. `recipe` reads it, `decoys` adds innocent differences, `images` and `sides` make the containers, `check` holds
the recipe to what it claims, `score` asks parity (`without_rows`: with less knowledge), `report` counts, and
`left_out` judges each category by a confidence that was fitted on the others.
"""

"""One file a table. Each declares

run(setting) -> Table    measures and tells; raises Failed when there is nothing to measure
"""

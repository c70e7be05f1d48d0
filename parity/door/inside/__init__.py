"""What runs at the door: part of the script, next to what it takes from the probe.

Floor: Python 3.8, standard library only, as for the probe; ASCII alone, and no triple single quote.
"""

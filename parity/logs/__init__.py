"""Where production's log comes from: a file, standard input, or the place itself. Lines of bytes, as they stand in it.

opened     a file of any size or standard input, unpacked where it is compressed
"""

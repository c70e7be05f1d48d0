"""Where production's log comes from: a file, standard input, or the place itself. Bytes, as they stand in it.

opened     a file of any size or standard input, unpacked where it is compressed
places/    one file a kind of target that keeps its program's log, found by the directory
merged     several logs, or one of several programs, in the order of their times
"""

"""Environments read out of archives that pass by once: images and the file systems of containers.

stream   bytes in order, from a file, a connection or a compressed part of either
tar      the members of a tar
reduce   what is kept of a member's content, by what the collectors declare
tree     files, directories and links, and how one layer lies over another
layers   a tar's members made into a tree, whiteouts and hard links included
layout   which of an archive's members are an image's layers, and what the image says of itself
view     the files of a tree as a collector asks for them
program  the process that an image or a stopped container would start
reading  the collectors, run over a view

Nothing is unpacked: what is kept is in memory, within bounds on every count and size.
"""

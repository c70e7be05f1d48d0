"""The Docker Engine, through its API: found as the `docker` command finds it, and asked within a deadline.

connect     an APIClient for the engine in use, or one of four clear refusals
execute     run a program in a container with a script on its standard input
container   one look at a running container, from inside
save        the bytes of an image, or of a container's files, streamed
files       one look at a container that nothing can be run in, through its files
"""

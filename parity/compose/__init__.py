"""Services of docker compose: the containers that carry its labels, and the file that declares them.

containers   what the engine knows of a service's containers, and which of them are of one project
file         the compose file: found, read for the little that the labels do not tell
"""

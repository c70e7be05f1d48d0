"""What is asked of a server that is not PostgreSQL, and what its answers come to: one file a family of products.

PARTS    the look in parts (parity.database.look.Part), the weightiest first
"""

"""What runs in the target.

Everything below this directory keeps to one floor and a few bans, because it runs where parity is not:
Python 3.8 syntax, the standard library only, nothing imported from parity but `parity.probe`, no
file written, nothing of the application imported or executed, and no `'''` in a source (the bundle
quotes each file with it).
"""

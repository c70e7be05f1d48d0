"""Taking a snapshot: what is asked for, what a target answers, and how that becomes a Profile.

request     Request: the options of one look
target      Target: a place that yields a Profile
probe       how the probe is asked, and its framed answer read strictly
assemble    an answer and what the host knows -> Profile
"""

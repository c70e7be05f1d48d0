"""Taking a snapshot: what is asked for, what a target answers, and how that becomes a Profile.

request     Request: the options of one look
target      Target: a place that yields a Profile
project     which interpreter of this machine is the project's
probe       how the probe is asked, and its framed answer read strictly
transport   the probe through somebody else's command: ssh, kubectl, any other
assemble    an answer and what the host knows -> Profile
repository  which repository a comparison is about
replicas    several profiles of one service -> one, with what differs between them
take        a word of the command line -> Profile
"""

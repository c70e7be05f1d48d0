"""What a team keeps in files: its policy and its baseline, found, read strictly, and turned into values.

find       which file holds the policy, and where the baseline stands
table      TOML with the line of every value: what is unknown, or of another type, is refused with its place
policy     a document into `parity.policy.agreed.Policy`
entries    the entries of its rules: what is waived, what weighs otherwise
door       what must be so before the program starts
baseline   the baseline's JSON, in and out

A file that cannot be read, or says what cannot be right, is a UsageError (exit 2) and never an empty policy.
"""

"""Sections whose differences take judgement. One file each; a file's name is the section's.

Every file declares

    RULES                        {name: Rule}; a finding's id is section.name, stable once published
    judge(differences, sides)    every difference of the section, in order -> findings about them

and, where two sides tell more than their differences,

    beside(differences, sides)   the same -> findings of no difference (their kind is None)

A section without a file goes by its collector's SEVERITY, as section.missing, .changed and .extra.
"""

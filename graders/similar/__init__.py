"""Which submissions look like copies of each other: a hint for a person, never a mark.

Code is compared as a sequence of tokens without the student's own names, words as words; what was handed out counts for
nothing, and what many share counts for little. Nothing is run.
"""

# From here on two works are shown: the share of the smaller that the other has too. Work of one's own stays under half of it.
ALIKE = 0.4

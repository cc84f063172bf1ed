"""The page on which people read a class, award what is theirs to decide, and overrule what was judged.

Every page is made here from what is on disk, as text; a student's content is never HTML. What a person decides goes into the
gradebook first, then beside the verdicts, then into the report.
"""

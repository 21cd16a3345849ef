"""Who may be whom: names folded as a reader would, likely same parties, decisions on them.

Takes and gives plain records; what is on record is read by `store`, what a person decides is
kept by it. `names` folds, `suggest` compares, `decisions` makes and carries decisions.
"""

"""Forms in a terminal: questions one after another, each answer checked when it is given, and kept until it has landed.

Others come in by `filling`, `form`, `new_record` and `questions`.
"""

"""What several verbs need: opening a tracker, options, questions, saving.

Each module is a door for the verbs; a verb itself is a module of `commands`.
"""

"""What several verbs need: opening a tracker, options, questions, saving.

A verb itself is a module of `commands`.
"""

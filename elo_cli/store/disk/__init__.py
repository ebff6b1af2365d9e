"""Whole files or none: the atomic writer, what a dead writer left, and outputs.

Others come in by `answers`, `files`, `memory`, `output`, `plan` and `writing`.
"""

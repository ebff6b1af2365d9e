"""Whole files or none: the atomic writer, the lock, what a dead writer left, and outputs.

Others come in by `writing`, `output` and `plan`.
"""

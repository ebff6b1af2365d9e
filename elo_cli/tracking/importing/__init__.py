"""Rows of a table as records and updates.

Others come in by `rows` and `files`.
"""

"""Rows of a table as records and updates.

Others come in by `changes`, `files`, `instruments`, `rows`, `translations`, `updates` and `values`.
"""

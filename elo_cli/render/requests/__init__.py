"""A payment request: its words, its tables for people, and what follows from it as JSON.

Others come in by `facts`, `tables` and `words`.
"""

"""The rules of `elo check` about payment requests: what is said of them and in which order, and their money.

Others come in by `money` and `words`.
"""

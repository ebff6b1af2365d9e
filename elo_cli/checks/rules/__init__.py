"""The rules of `elo check`, a module a group: `changes` judges two versions, the others one.

They register themselves when `checks.all_rules` and `checks.manual` import them; only `checks` comes in.
"""

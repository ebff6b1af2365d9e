"""The rules of `elo check`, a module a group.

They register themselves when `checks.all_rules` imports them; nothing else does.
"""

"""Rules on what the RRF asks for: its instruments, the evidence of milestones, and payment requests with their money.

One room of the rules, apart since they are many; `checks.all_rules` registers them with the others.
"""

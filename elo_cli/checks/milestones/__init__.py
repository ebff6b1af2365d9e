"""The rules of `elo check` about milestones: their evidence, the files of it, their targets and forecasts.

Others come in by `evidence`, `evidence_files` and `targets`.
"""

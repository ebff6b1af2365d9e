"""Tables of someone else: CSV, XLSX and ODS within bounds, and the mappings that say what they mean.

Others come in by `table`, `mapping`, `cells` and `chase_columns`.
"""

"""Tables of someone else: CSV, XLSX and ODS within bounds, and the mappings that say what they mean.

Others come in by `cells`, `chase_columns`, `heads`, `mapping`, `mapping_file`, `package`, `patterns`,
`rows` and `table`.
"""

"""Changes of a file that touch nothing else, proved by reading it again, and the merging of two versions.

Others come in by `record`, `draft`, `rename`, `update`, `values` and `merge_data`.
"""

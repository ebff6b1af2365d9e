"""Changes of a file that touch nothing else, proved by reading it again; its canonical form; and merging.

Others come in by `canonical`, `draft`, `merge_text`, `record`, `rename`, `update` and `values`.
"""

"""The strict subset of YAML: bytes to plain values and back, with places and the order of keys.

Others come in by `ahead`, `emit`, `limits`, `order`, `positions` and `strict`, and `store.edit` by `judge` too.
"""

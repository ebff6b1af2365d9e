"""The strict subset of YAML: bytes to plain values and back, with places and the order of keys.

Others come in by `emit`, `limits`, `order`, `positions` and `strict`, and `store.edit` by `judge` too.
"""

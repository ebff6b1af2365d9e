"""The strict subset of YAML: bytes to plain values and back, with places.

Others come in by `strict`, `positions`, `canonical` and `emit`; `judge` is its own.
"""

"""Bytes in, records out, and back: work tree, git revision, strict YAML, positions and edits."""

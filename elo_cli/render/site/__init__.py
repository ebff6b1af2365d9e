"""The static pages.

Others come in by `site`.
"""

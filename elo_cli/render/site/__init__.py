"""The static pages.

Others come in by `downloads` and `site`.
"""

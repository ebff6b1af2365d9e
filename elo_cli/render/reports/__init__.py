"""Reports from templates as Markdown and HTML.

Others come in by `amendments`, `contents`, `emails`, `facts`, `html` and `template`.
"""

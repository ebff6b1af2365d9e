"""Reports from templates as Markdown, HTML and Word.

<<<<<<< HEAD
Others come in by `amendments`, `contents`, `docx`, `emails`, `facts`, `html` and `template`.
=======
Others come in by `amendments`, `contents`, `docx`, `facts`, `html` and `template`.
>>>>>>> main
"""

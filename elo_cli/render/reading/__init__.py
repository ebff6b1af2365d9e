"""What elo prints, read back: words, dates, money, numbers and names in the reader's languages, and nothing guessed.

The inverse of `words`, from the same tables. Others come in by `reader` and `records`.
"""

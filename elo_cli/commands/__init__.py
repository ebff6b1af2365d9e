"""One verb a file: options, load, compute, render; no domain logic here.

The one folder of more than a dozen files, since each verb has its own. `elo_cli.cli` loads the one that is called.
"""

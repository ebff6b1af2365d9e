"""What a record is: the promise, its dated updates, and the value types they are written in. No input or output."""

import os

# Looking for plugins of pydantic means reading the metadata of every installed package: 20 ms at each start for nothing.
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")

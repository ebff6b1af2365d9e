"""What a record is: the promise, its dated updates, and the value types they are written in. No input or output."""

import os

# To look for plugins, pydantic reads the metadata of every installed package: 20 ms at each start for nothing.
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")

"""What a record is: the promise, its dated updates, and the value types they are written in. No input or output."""

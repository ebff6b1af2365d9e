"""What is wrong with the data, one rule a function, and how to mend it."""

"""One verb a file: options, load, compute, render. No domain logic here."""

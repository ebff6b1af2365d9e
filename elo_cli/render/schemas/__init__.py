"""The JSON Schemas of answers and records, made from the types of the answers and from the models."""

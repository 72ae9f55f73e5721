"""Corpora of named entities, and what is derived from them for training."""

"""Relation extraction: readers of corpora, a model that encodes a text once and scores all its pairs, and export."""

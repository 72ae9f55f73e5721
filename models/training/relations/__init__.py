"""Relation extraction: corpora, a model that encodes a text once and scores all its pairs, export."""

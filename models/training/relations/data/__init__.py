"""Training data of the relation model: readers of corpora, heads, rows, and the mixture that a run reads."""

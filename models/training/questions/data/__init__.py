"""Training data of the question model: readers of corpora, examples, rows, and the mixture for each stage."""

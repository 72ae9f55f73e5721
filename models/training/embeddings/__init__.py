"""Embeddings: a small encoder whose vectors find passages by meaning, taught by a larger one."""

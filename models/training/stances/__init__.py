"""The stance model: whether a sentence supports or contradicts the claim that a yes-no question asks about."""

"""The training queue: reads recipes, runs them in a background worker, and shows the status. Needs no PyTorch."""

"""The training queue: recipes as data, a worker in the background, and its status. Needs no PyTorch."""

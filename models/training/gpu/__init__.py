"""Training on a rented GPU machine: bundles out, one bounded run there, weights back in pieces."""

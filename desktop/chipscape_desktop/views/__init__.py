"""The views: each shows one figure or table of the open fact base and follows the shared state."""

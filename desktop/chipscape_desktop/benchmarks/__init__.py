"""What `bench` measures: one module per subject, each beside its baseline in the same run."""

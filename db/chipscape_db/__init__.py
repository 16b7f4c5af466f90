"""The fact base: models, queries, commands, history, files in and out."""

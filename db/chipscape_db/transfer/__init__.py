"""Facts in and out of files, all of it without Qt."""

"""The desktop application: figures, exports, the window and the command line."""

"""Starts the frozen application with its window."""

import sys

from chipscape_desktop.app import main

if __name__ == "__main__":
    sys.exit(main())

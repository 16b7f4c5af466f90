"""Starts the frozen command line."""

import sys

from chipscape_desktop.cli import main

if __name__ == "__main__":
    sys.exit(main())

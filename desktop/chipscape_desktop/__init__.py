"""The desktop application: figures, exports, the window and the command line."""

import os

# Our matrices are small: OpenBLAS's worker threads cost a layout more than they save. Read when numpy is imported.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

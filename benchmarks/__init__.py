"""Speed, memory and coverage, measured as the site runs: with one thread for algebra, set before numpy is loaded."""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

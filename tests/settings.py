"""The settings of the suite: those of the product, started for trying out."""

import os

os.environ.setdefault("DEBUG", "1")

from config.settings import *  # noqa: F403

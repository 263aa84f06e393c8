"""The settings of the suite: those of the product, started for trying out, without what costs time at every test."""

import os

os.environ.setdefault("DEBUG", "1")

from config.settings import *  # noqa: F403

# A hash that is slow to guess is slow to make: every member of staff of a test has one. Those of the product follow.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher", *PASSWORD_HASHERS]  # noqa: F405
# A process of its own for proofs takes longer to begin than most proofs of the suite.
PROOF_PROCESSES = 1

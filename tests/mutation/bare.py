"""Plugin of pytest for tests of pure rooms alone: what `tests/conftest.py` says of drawn examples, the same each time."""

import hypothesis

hypothesis.settings.register_profile("bare", deadline=None, derandomize=True)
hypothesis.settings.load_profile("bare")

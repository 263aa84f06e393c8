"""Plugin of pytest for tests of pure rooms alone: few drawn examples, the same each time."""

import hypothesis

hypothesis.settings.register_profile("bare", deadline=None, derandomize=True, max_examples=20)
hypothesis.settings.load_profile("bare")

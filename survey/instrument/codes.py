"""What a code may look like: that of an item is a name in expressions and files, that of an option a value."""

import re

LONGEST_CODE = 32
"""Characters: names of variables in Stata are no longer."""
# No two underscores together and none at the end: ``ITEM__PART`` is taken apart there.
ITEM_CODE = re.compile(r"[A-Za-z][A-Za-z0-9]*(?:_[A-Za-z0-9]+)*")
OPTION_CODE = re.compile(r"[A-Za-z0-9]+(?:[_\-.][A-Za-z0-9]+)*")
RESERVED_PREFIXES = ("frame_", "previous_")
"""Facts of the frame and answers of the wave before bear these in expressions."""

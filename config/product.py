"""Which product this is: what tells values that it keeps from those that another one kept."""

import hashlib
from pathlib import Path

# Templates as well: figures are kept as the part of a page that they were drawn in.
PARTS = ("survey/**/*.py", "config/**/*.py", "templates/**/*.html", "locale/**/*.mo", "requirements.txt")


def fingerprint(root: Path) -> str:
    """Digest of the program, its templates, its translations and its packages.

    Kept values are pickles of the program's own classes, with texts in the reader's language. Taken from the files
    rather than from a version number, because a mended installation between two versions has new shapes too.
    """
    digest = hashlib.sha256()
    for path in sorted(path for part in PARTS for path in root.glob(part)):
        digest.update(str(path.relative_to(root)).encode() + path.read_bytes())
    return digest.hexdigest()[:16]

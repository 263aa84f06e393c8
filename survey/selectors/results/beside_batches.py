"""What lies beside the stored batches: what was read of the change log and of the sample, and the answers
of all batches, so that it need not be again.

It is shared by all workers and outlives the figures made from it. Whoever reads it must know by what it holds whether
it is still true. All of it may be removed at any time; where it cannot be read or written that costs time alone.
"""

import hashlib
import logging
from typing import Any

from django.conf import settings
from django.core.cache import caches
from django.db import connection

KEPT_SECONDS = 7 * 24 * 3600
logger = logging.getLogger(__name__)


def beside(*name: object) -> Any:
    """The value of this name; None where there is none."""
    try:
        return caches["extract"].get(_key(name))
    except Exception:
        logger.exception("What lies beside the batches cannot be read")
        return None


def lay_beside(value: object, *name: object) -> None:
    """Give this name a value, which takes the place of the one before."""
    try:
        caches["extract"].set(_key(name), value, KEPT_SECONDS)
    except Exception:
        logger.exception("What lies beside the batches cannot be written")


def forget_beside(*name: object) -> None:
    """Let there be no value of this name."""
    try:
        caches["extract"].delete(_key(name))
    except Exception:
        logger.exception("What lies beside the batches cannot be removed")


def _key(name: tuple[object, ...]) -> str:
    parts = settings.FINGERPRINT, connection.settings_dict["NAME"], *name
    return hashlib.sha256(repr(parts).encode()).hexdigest()

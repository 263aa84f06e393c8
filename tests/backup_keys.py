"""Keys of backups: the public one of a file with a secret one."""

from pathlib import Path

from pyrage import x25519

from survey.services.operation.backup import secret_key


def public_of(identity: Path) -> str:
    """What `make_backup_key` printed when it wrote this file."""
    return str(x25519.Identity.from_str(secret_key(identity)).to_public())

"""The command writes a secret key that opens what is sealed to the public one it prints, and never over another."""

from io import BytesIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from survey.algorithms import sealing
from survey.services.operation.backup import secret_key


def test_key_in_the_file_opens_what_was_sealed_to_the_printed_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("make_backup_key", str(tmp_path / "key"))
    public = capsys.readouterr().out.split("BACKUP_RECIPIENTS=")[1].split()[0]
    sealed, plain = BytesIO(), BytesIO()
    sealing().seal(BytesIO(b"answers"), sealed, [public])
    sealing().unseal(BytesIO(sealed.getvalue()), plain, secret_key(tmp_path / "key"))
    assert plain.getvalue() == b"answers"


def test_secret_key_is_read_by_its_owner_alone(tmp_path: Path) -> None:
    call_command("make_backup_key", str(tmp_path / "key"))
    assert (tmp_path / "key").stat().st_mode & 0o777 == 0o600


def test_key_that_is_there_stays(tmp_path: Path) -> None:
    (tmp_path / "key").write_text("of older backups")
    with pytest.raises(CommandError, match="could not be opened any more"):
        call_command("make_backup_key", str(tmp_path / "key"))
    assert (tmp_path / "key").read_text() == "of older backups"

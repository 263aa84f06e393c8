"""The command says of each part whether it is well, and ends by what does not work."""

import pytest
from django.core.management import CommandError, call_command

from survey.services.operation.readiness import check_readiness

pytestmark = pytest.mark.django_db


def test_each_part_is_named_and_a_missing_worker_has_a_code_of_its_own(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(CommandError, match="not everything works") as ended:
        call_command("check_ready")
    assert ended.value.returncode == 3
    said = [line.partition(":")[0] for line in capsys.readouterr().out.splitlines()]
    assert said == [check.name for check in check_readiness()]

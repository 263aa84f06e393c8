import pytest

from survey.models import Contact, FrameUnit, Sample, SamplingFrame, StaffAction, Wave
from survey.services.frame.complaints import FrameFileRefused
from survey.services.frame.importing import import_frame
from survey.services.frame.joining import already_in, join_frame
from tests.frame_lists import CODES, firms
from tests.interrupted import half_written

pytestmark = pytest.mark.usefixtures("classified")


def frame(*changes: tuple[int, str, object], rows: tuple[int, ...] = (2, 3, 4)) -> SamplingFrame:
    return import_frame(rows=firms(*changes).loc[list(rows)], title="名录", actor=None)


def test_mended_rows_join_the_frame_they_were_missing_from() -> None:
    first = frame(rows=(2, 3))
    mended = frame(rows=(4,))
    assert join_frame(loaded=mended, frame=first, actor=None) == 1
    first.refresh_from_db()
    assert (first.unit_count, set(FrameUnit.objects.values_list("credit_code", "frame"))) == (
        3,
        {(code, first.pk) for code in CODES[:3]},
    )
    assert not SamplingFrame.objects.filter(pk=mended.pk).exists()
    assert StaffAction.objects.get(verb="join_frame").detail == {"firms": 1, "contacts": 0}


def test_firm_that_is_in_already_gets_only_what_its_contact_lacked() -> None:
    first = frame((2, "电子邮箱", ""), (2, "联系人", "周女士"))
    mended = frame((2, "单位名称", "别的名字"))
    assert already_in(first, [firms().rename(columns={"统一社会信用代码": "credit_code"})]) == 3
    assert join_frame(loaded=mended, frame=first, actor=None) == 0
    contact = Contact.objects.get(unit__credit_code=CODES[0])
    assert (contact.unit.name, contact.name, contact.email) == ("甲电子有限公司", "周女士", "a@example.com")


def test_nothing_joins_a_frame_that_a_sample_was_drawn_from(wave: Wave) -> None:
    drawn, loaded = frame(), frame()
    Sample.objects.create(wave=wave, frame=drawn, method="proportional", size=3, seed=1)
    with pytest.raises(FrameFileRefused) as refused:
        join_frame(loaded=loaded, frame=drawn, actor=None)
    assert (refused.value.code, loaded.units.count()) == ("frame_drawn", 3)


def test_lists_are_joined_whole_or_not_at_all() -> None:
    first, mended = frame((2, "电子邮箱", ""), rows=(2, 3)), frame(rows=(2, 4))
    key = mended.pk
    assert half_written(lambda: join_frame(loaded=SamplingFrame.objects.get(pk=key), frame=first, actor=None)) == []

import pytest

from survey.models import Firm, FrameUnit, LocalUnit, SamplingFrame
from survey.selectors.register.knowledge import differences_of, differing_units, gone_units
from survey.services.frame.importing import import_frame
from survey.services.register.from_frame import register_frame
from survey.services.register.next_frame import take_over
from survey.terms import AskedUnit, Role
from tests.frame_lists import CODES, firms, local_units

pytestmark = pytest.mark.usefixtures("classified")


def registered(*changes: tuple[int, str, object]) -> SamplingFrame:
    rows = local_units(*changes)
    frame = import_frame(rows=rows, title="产业活动单位", actor=None, lists=AskedUnit.LOCAL_UNIT)
    register_frame(frame=frame, actor=None)
    return frame


def test_list_of_local_units_makes_places_of_its_firms() -> None:
    frame = registered()
    assert list(LocalUnit.objects.order_by("firm", "key").values_list("firm__credit_code", "key", "name")) == [
        (CODES[0], "001", "甲电子有限公司"),
        (CODES[0], "002", "甲电子有限公司二厂"),
        (CODES[1], "01", "乙软件有限公司"),
        (CODES[2], "A1", "丙商贸有限公司"),
    ]
    assert not frame.units.filter(local_unit=None).exists()


def test_what_a_list_says_of_units_leaves_their_firms_as_they_are() -> None:
    register_frame(frame=import_frame(rows=firms(), title="企业", actor=None), actor=None)
    before = list(Firm.objects.order_by("pk").values())
    registered((2, "单位名称", "甲电子一厂"), (2, "所在区", "福田"))
    assert list(Firm.objects.order_by("pk").values()) == before


def test_later_list_of_units_changes_what_is_known_of_them() -> None:
    registered()
    registered((5, "单位名称", "甲电子二分厂"))
    assert LocalUnit.objects.get(key="002").name == "甲电子二分厂"
    assert LocalUnit.objects.count() == 4


def test_place_that_is_marked_as_closed_goes_out_of_the_next_list_alone() -> None:
    frame = registered()
    LocalUnit.objects.filter(key="002").update(is_active=False)
    assert list(gone_units(frame).values_list("unit_key", flat=True)) == ["002"]


def test_next_list_takes_over_what_is_known_of_a_place(office_user: object) -> None:
    frame = registered()
    LocalUnit.objects.filter(key="002").update(name="甲电子新二厂")
    unit = differing_units(frame).get()
    assert [(one.listed, one.known) for one in differences_of(unit)] == [("甲电子有限公司二厂", "甲电子新二厂")]
    assert take_over(frame=frame, keys=None, actor=office_user(Role.FIELD_OFFICER)) == 1  # type: ignore[operator]
    assert FrameUnit.objects.get(unit_key="002").name == "甲电子新二厂"

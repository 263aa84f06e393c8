"""What the register of the demonstration shows: firms renamed, merged, moved and closed, a group."""

import pandas as pd
from django.contrib.auth.models import User
from django.utils import timezone

from survey.models import Firm, FirmContact, FirmGroup, LocalUnit, SamplingFrame
from survey.register_terms import ContactRole, FactSource, FirmStatus
from survey.services.firm_changes import Found, change_firm
from survey.services.register.delegates import delegate_firm
from survey.services.register.editing import edit_firm, save_contact, save_local_unit

RENAMED = 3
GROUP = "演示控股集团 Demonstration Holding"
GROUP_SIZE = 4


def as_a_year_before(rows: pd.DataFrame) -> pd.DataFrame:
    """The list of firms as it was a year ago: the same firms, some of them under their earlier names."""
    earlier = rows.copy()
    names = earlier.columns.get_loc("单位名称")
    for place in range(min(RENAMED, len(earlier))):
        earlier.iloc[place, names] = str(earlier.iloc[place, names]).replace("有限公司", "厂")
    return earlier


def show_register(*, frame: SamplingFrame, officer: User) -> None:
    """Let things be found out about a few firms of the list, from each kind of source."""
    units = frame.units.filter(firm__isnull=False).order_by("credit_code").values_list("firm", flat=True)
    firms = list(Firm.objects.filter(pk__in=list(units[:12])).order_by("credit_code"))
    # A demonstration of a few firms has none to spare for this.
    if len(firms) < 12:
        return
    merged, closed, moved, silent = firms[:4]
    merger = {"status": FirmStatus.MERGED.value, "successor": firms[4]}
    edit_firm(firm=merged, values=merger, source=FactSource.REGISTER, detail="合并登记公告", actor=officer)
    closure = {"status": FirmStatus.CLOSED.value}
    edit_firm(firm=closed, values=closure, source=FactSource.REGISTER, detail="注销登记", actor=officer)
    found = Found(source=FactSource.FIELDWORK, at=timezone.now(), detail="上年走访", author=officer)
    change_firm(firm=moved, values={"status": FirmStatus.MOVED.value}, found=found)
    change_firm(firm=silent, values={"status": FirmStatus.CLOSED.value}, found=found)
    _make_group(firms[4 : 4 + GROUP_SIZE], officer)


def _make_group(firms: list[Firm], officer: User) -> None:
    """A holding with three firms, a plant of its own, and a bookkeeper who is written to for all of them."""
    group, _made = FirmGroup.objects.get_or_create(name=GROUP, defaults={"head": firms[0]})
    for firm in firms:
        values = {"group": group, "postal_address": "深圳市南山区演示路 1 号"}
        edit_firm(firm=firm, values=values, source=FactSource.FIRM, detail="", actor=officer)
        person = {"name": "林会计", "email": "group@example.com", "phone": "0755-00009999", "position": 2}
        save_contact(contact=FirmContact(firm=firm, role=ContactRole.BOOKKEEPER.value, **person), actor=officer)
        answering = {"name": "林会计", "email": "group@example.com", "phone": "", "organisation": "演示代账公司"}
        delegate_firm(firm=firm, is_main=firm == firms[0], actor=officer, **answering)
    plant = LocalUnit(firm=firms[0], name="演示坪山分厂", address="深圳市坪山区演示路 2 号", district=firms[0].district)
    save_local_unit(unit=plant, actor=officer)

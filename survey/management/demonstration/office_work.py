"""Three weeks of an office: calls with what came of them, plans, outcomes, messages of firms, an acceptance."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.contrib.auth.models import User
from django.utils import timezone

from survey.casework_terms import CallResult, CaseMark, EntryKind, FirmOutcome, OutcomeSource
from survey.management.demonstration.story import Say, cases_of, others_than_open
from survey.models import Case, Wave
from survey.selectors.fieldwork.cases import FIRM
from survey.services.casework.letters import Letter, answer_letter, write_to_officer
from survey.services.casework.log import Happened, Plan, log_work
from survey.services.casework.outcomes import FoundOutcome, set_outcome
from survey.terms import CaseStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversation:
    """A call as it was written down: how it ended, the note, what is next and in how many days."""

    result: CallResult
    text: str
    next_action: str
    days: int
    mark: str = ""


CONVERSATIONS = (
    Conversation(result=CallResult.CALL_BACK, text="财务人员出差，周内回来。", next_action="再次致电财务部", days=0),
    Conversation(result=CallResult.PROMISED, text="答应本周五前提交。", next_action="核对是否已提交", days=2),
    Conversation(result=CallResult.NO_ANSWER, text="总机无人接听。", next_action="换时段致电", days=-2),
    Conversation(
        result=CallResult.UNWILLING,
        text="认为问卷太长，需领导沟通。",
        next_action="请科长致电",
        days=1,
        mark=CaseMark.URGENT,
    ),
    Conversation(result=CallResult.HELPED, text="解释了金额的填报口径。", next_action="", days=5),
    Conversation(
        result=CallResult.WRONG_NUMBER, text="号码已停机。", next_action="向园区查询电话", days=0, mark=CaseMark.WATCH
    ),
)
FINDINGS = (
    FoundOutcome(
        outcome=FirmOutcome.DEREGISTERED, source=OutcomeSource.REGISTER, reason="登记机关显示今年三月已注销。"
    ),
    FoundOutcome(outcome=FirmOutcome.MOVED, source=OutcomeSource.MAIL, reason="信件退回，登记地址已无此企业。"),
    FoundOutcome(outcome=FirmOutcome.CEASED, source=OutcomeSource.VISIT, reason="实地走访，厂房已停产关闭。"),
    FoundOutcome(
        outcome=FirmOutcome.OUT_OF_SCOPE, source=OutcomeSource.FIRM, reason="主营业务已转为餐饮，不属调查范围。"
    ),
)
MESSAGES = (
    ("请问集团合并报表的企业按单体还是合并口径填？", False),
    ("年报审计尚未完成，恳请延期。", True),
    ("联系人已更换，请致电行政部。", False),
)


def work_of_the_office(*, wave: Wave, officer: User, say: Say) -> None:
    """What the office did while the firms of the wave answered."""
    waiting = iter(others_than_open(wave).filter(status=CaseStatus.NOT_STARTED.value).order_by(f"-{FIRM}__employees"))
    calls = sum(_called(case, officer, place) for place, case in zip(range(24), waiting, strict=False))
    for case, finding in zip(waiting, FINDINGS, strict=False):
        set_outcome(case=case, found=finding, actor=officer)
    _duplicate(wave, officer)
    _written_to(list(_firms(waiting, len(MESSAGES))), officer)
    say(f"The office made {calls} calls, found out {len(FINDINGS) + 1} outcomes and got {len(MESSAGES)} messages.")


def _firms(cases: Iterator[Case], count: int) -> Iterator[Case]:
    return (case for _place, case in zip(range(count), cases, strict=False))


def _called(case: Case, officer: User, place: int) -> int:
    """One or two calls, the later one as planned by the first."""
    calls = [CONVERSATIONS[(place + turn) % len(CONVERSATIONS)] for turn in range(1 + place % 2)]
    for turn, one in enumerate(calls):
        key = f"demonstration-{case.pk}-{turn}"
        happened = Happened(kind=EntryKind.CALL, key=key, result=one.result.value, person="", text=one.text)
        log_work(case=case, happened=happened, plan=_plan(one, officer), actor=officer)
    return len(calls)


def _plan(one: Conversation, officer: User) -> Plan:
    day = timezone.localdate() + timedelta(days=one.days)
    appointment = timezone.now() + timedelta(hours=3) if one.result is CallResult.CALL_BACK else None
    return Plan(owner=officer, next_action=one.next_action, due_on=day, appointment_at=appointment, mark=one.mark)


def _duplicate(wave: Wave, officer: User) -> None:
    """A firm that submitted turns out to be another one's duplicate: its answers stop counting."""
    first, other = cases_of(wave).filter(status=CaseStatus.SUBMITTED.value).order_by("-pk")[:2]
    code = other.sample_unit.unit.credit_code
    found = FoundOutcome(
        outcome=FirmOutcome.DUPLICATE,
        source=OutcomeSource.FIRM,
        reason="与另一家为同一企业，重复登记。",
        other_firm=code,
    )
    set_outcome(case=first, found=found, actor=officer)


def _written_to(cases: Sequence[Case], officer: User) -> None:
    """Messages of firms; the last one has been answered."""
    until = timezone.localdate() + timedelta(days=7)
    entries = [
        write_to_officer(
            case=case,
            letter=Letter(
                key="demonstration", text=text, asks_for_time=asks_for_time, until=until if asks_for_time else None
            ),
        )
        for case, (text, asks_for_time) in zip(cases, MESSAGES, strict=False)
    ]
    if entries:
        answer_letter(entry=entries[-1], text="已更新联系人，谢谢告知。", granted_until=None, actor=officer)

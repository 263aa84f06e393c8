"""What a release workbook is made from: the frozen release, the prepared wave, its tables and words in one language."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import override

from survey.exchange.figures.change_blocks import comparison_of
from survey.exchange.release.marks import marks_of
from survey.instrument.plan.plan import PlannedBlock
from survey.instrument.schema import Questionnaire
from survey.methods.change.tables import Results
from survey.methods.production import Prepared
from survey.methods.tables.account import Account
from survey.methods.tables.table import ProtectedTable
from survey.methods.tables.vocabulary import Vocabulary
from survey.models import Release, Wave
from survey.selectors.fieldwork.burden import Burden, burden_of
from survey.selectors.results.wave_comparison import earlier_waves, published_results
from survey.selectors.results.wave_results import latest_questionnaire, open_answers, wave_account


@dataclass(frozen=True, eq=False, kw_only=True)
class ReleaseContent:
    """``tables`` by their codes; ``open_answers`` by item; ``language`` is that of all labels."""

    release: Release
    wave: Wave
    prepared: Prepared
    words: Vocabulary
    tables: Mapping[str, ProtectedTable]
    questionnaire: Questionnaire
    open_answers: Mapping[str, Sequence[str]]
    language: str
    made_at: datetime
    burden: Burden
    account: Account

    @property
    def blocks(self) -> dict[str, PlannedBlock]:
        """By the codes of their tables."""
        return {block.code: block for block in self.words.plan.blocks}

    @property
    def marks(self) -> tuple[str, ...]:
        """The sentences that every sheet bears, in the language that is active."""
        return marks_of(self.wave)


def release_content(release: Release, language: str, made_at: datetime) -> ReleaseContent:
    """The content of the workbook of a release that was just made, with labels in ``language``."""
    wave = release.wave
    results = published_results(wave, language)
    questionnaire = latest_questionnaire(wave)
    return ReleaseContent(
        release=release,
        wave=wave,
        prepared=results.prepared,
        words=results.words,
        tables={**results.tables, **_changes(wave, results, language)},
        questionnaire=questionnaire,
        open_answers=open_answers(wave, questionnaire),
        language=language,
        made_at=made_at,
        burden=burden_of(wave),
        account=wave_account(wave),
    )


def _changes(wave: Wave, results: Results, language: str) -> Mapping[str, ProtectedTable]:
    """The tables of change since the wave before; none where there is none."""
    earlier = next(iter(earlier_waves(wave)), None)
    if earlier is None:
        return {}
    with override(language):
        return comparison_of(wave, results, earlier, published_results(earlier, language)).changes

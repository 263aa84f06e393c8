"""What a release workbook is made from: the frozen release, the prepared wave, its tables and words in one language."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from survey.instrument.schema import Questionnaire, Text
from survey.methods.production import Prepared, produce
from survey.methods.table_plan import every_table
from survey.methods.tables import ProtectedTable
from survey.models import Release, Wave
from survey.selectors.results import latest_questionnaire, open_answers, published, wave_vocabulary


@dataclass(frozen=True, eq=False)
class ReleaseContent:
    """``tables`` by their codes; ``open_answers`` by item; ``language`` is that of all labels."""

    release: Release
    wave: Wave
    prepared: Prepared
    tables: Mapping[str, ProtectedTable]
    questionnaire: Questionnaire
    open_answers: Mapping[str, Sequence[str]]
    language: str
    made_at: datetime

    @property
    def is_demonstration(self) -> bool:
        """Whether every sheet must be marked."""
        return self.wave.survey.is_demonstration

    def text(self, zh: str, en: str) -> str:
        """The wording in the language of the workbook."""
        return Text(zh, en).of(self.language)


def release_content(release: Release, language: str, made_at: datetime) -> ReleaseContent:
    """The content of the workbook of a release that was just made, with labels in ``language``."""
    wave = release.wave
    prepared = published(wave)
    words = wave_vocabulary(wave, prepared.collected, language)
    questionnaire = latest_questionnaire(wave)
    return ReleaseContent(
        release=release,
        wave=wave,
        prepared=prepared,
        tables=produce(prepared, words, every_table(words)),
        questionnaire=questionnaire,
        open_answers=open_answers(wave, questionnaire),
        language=language,
        made_at=made_at,
    )

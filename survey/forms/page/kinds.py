"""How each kind of item is asked on a page, and how its answer reads: the one table of the web form."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from survey.forms.page import answer_words, builders, tables
from survey.forms.page.answer_words import AnswerInWords
from survey.forms.page.questions import Question
from survey.terms import ItemType


@dataclass(frozen=True, slots=True, kw_only=True)
class WebKind:
    """``ask`` builds the question, None where nobody is asked; ``say`` puts a stored answer into words."""

    ask: Callable[..., Question] | None
    say: AnswerInWords = answer_words.plain


WEB: Mapping[ItemType, WebKind] = MappingProxyType(
    {
        ItemType.SEVERITY: WebKind(ask=builders.SeveritySteps, say=answer_words.choice),
        ItemType.YES_NO: WebKind(ask=builders.Radios, say=answer_words.choice),
        ItemType.SINGLE: WebKind(ask=builders.single_choice, say=answer_words.choice),
        ItemType.MULTIPLE: WebKind(ask=builders.Boxes, say=answer_words.choices),
        ItemType.RANKING: WebKind(ask=builders.Ranks, say=answer_words.ranked),
        ItemType.INTEGER: WebKind(ask=builders.NumberQuestion, say=answer_words.figure),
        ItemType.DECIMAL: WebKind(ask=builders.NumberQuestion, say=answer_words.figure),
        ItemType.PERCENTAGE: WebKind(ask=builders.ShortNumberQuestion, say=answer_words.figure),
        ItemType.MONEY: WebKind(ask=builders.NumberQuestion, say=answer_words.figure),
        ItemType.SHARES: WebKind(ask=tables.Shares, say=answer_words.shares),
        ItemType.NUMBER_TABLE: WebKind(ask=tables.NumberTable, say=answer_words.table),
        ItemType.TABLE: WebKind(ask=tables.TableOfAny, say=answer_words.table_of_any),
        ItemType.DATE: WebKind(ask=builders.Typed),
        ItemType.YEAR_MONTH: WebKind(ask=builders.Typed),
        ItemType.TIME: WebKind(ask=builders.Typed),
        ItemType.TEXT: WebKind(ask=builders.Typed),
        ItemType.LONG_TEXT: WebKind(ask=builders.Essay),
        ItemType.EMAIL: WebKind(ask=builders.TypedEmail),
        ItemType.PHONE: WebKind(ask=builders.TypedPhone),
        ItemType.CREDIT_CODE: WebKind(ask=builders.TypedCode),
        ItemType.INDUSTRY: WebKind(ask=builders.CodedDropdown, say=answer_words.choice),
        ItemType.DISTRICT: WebKind(ask=builders.Dropdown, say=answer_words.choice),
        ItemType.FILE: WebKind(ask=builders.Upload, say=answer_words.file),
        ItemType.CALCULATION: WebKind(ask=None),
        ItemType.NOTE: WebKind(ask=builders.Information),
    }
)

"""Parts that their form switches off for good: a group or question under the condition ``false()``."""

from collections.abc import Iterator
from dataclasses import replace

from survey.exchange.xlsform.read.first_values import NEVER
from survey.exchange.xlsform.read.form import Form
from survey.exchange.xlsform.read.item_types import NO_VALUE
from survey.instrument.expressions.errors import ExpressionError
from survey.instrument.expressions.evaluation import names_in
from survey.instrument.lint.expressions import expressions_of
from survey.instrument.lint.piping import wordings_of
from survey.instrument.routing.piping import piped_names
from survey.instrument.schema import Item, Page, Questionnaire, Section
from survey.terms import ItemType


def without_never_asked(content: Questionnaire, form: Form) -> Questionnaire:
    """The questionnaire without what is switched off, each part named in a note.

    Nothing is lost with it: nobody is asked it, and the data hold nothing of it. An answer of such a part that a rule
    or a wording names is a value that is always empty, as in XForms.
    """
    rest = replace(content, sections=tuple(_sections(content, frozenset())))
    gone = content.items.keys() - rest.items.keys()
    # A form of which nothing would be left is kept as it is: lint says better than an empty page what is wrong with it.
    if not gone or not rest.items:
        return content
    for kind, code in _switched_off(content):
        form.findings.add("never_asked", form.place_of(kind, code, ("relevant",)), code)
    return replace(content, sections=tuple(_sections(content, _names(rest) & gone)))


def _sections(content: Questionnaire, named: frozenset[str]) -> Iterator[Section]:
    for section in content.sections:
        is_off = _is_off(section)
        pages = tuple(_pages(section, is_off, named))
        if pages or not is_off:
            yield replace(section, relevant="" if is_off else section.relevant, pages=pages)


def _pages(section: Section, is_section_off: bool, named: frozenset[str]) -> Iterator[Page]:
    for page in section.pages:
        is_off = is_section_off or _is_off(page)
        items = tuple(_items(page, is_off, named))
        if items or not is_off:
            yield replace(page, relevant="" if is_off else page.relevant, items=items)


def _items(page: Page, is_page_off: bool, named: frozenset[str]) -> Iterator[Item]:
    for item in page.items:
        if not (is_page_off or _is_off(item)):
            yield item
        elif item.code in named:
            # What a rule still names stays as a value that is always empty, or the rule would name nothing.
            yield Item(code=item.code, type=ItemType.CALCULATION, text=item.text, calculation=NO_VALUE)


def _is_off(part: Section | Page | Item) -> bool:
    return part.relevant in NEVER


def _switched_off(content: Questionnaire) -> Iterator[tuple[str, str]]:
    """Kind and code of each part; what stands in one of them is not named apart."""
    for section in content.sections:
        if _is_off(section):
            yield "section", section.code
            continue
        for page in section.pages:
            if _is_off(page):
                yield "page", page.code
                continue
            yield from (("item", item.code) for item in page.items if _is_off(item))


def _names(content: Questionnaire) -> frozenset[str]:
    """What rules and wordings name."""
    texts = (text for wording in wordings_of(content) for text in wording.text.to_dict().values())
    piped = (name for text in texts for name in piped_names(text))
    return frozenset(piped).union(*(_names_of(rule.expression) for rule in expressions_of(content)))


def _names_of(expression: str) -> frozenset[str]:
    try:
        return names_in(expression)
    # Lint names what cannot be read; here it only names nothing.
    except ExpressionError:
        return frozenset()

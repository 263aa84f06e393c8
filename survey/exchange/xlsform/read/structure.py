"""Groups as sections and pages: a group at the top is a section, a group within one a page, deeper ones too."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from survey.exchange.xlsform.dialect.expressions import both_hold, condition
from survey.exchange.xlsform.dialect.names import item_code
from survey.exchange.xlsform.form_rows import HINT, LABEL, RELEVANT, XlsformRow
from survey.exchange.xlsform.read.appearances import HIDDEN, appearance_words, note_unread_appearances
from survey.exchange.xlsform.read.entry_questions import entry_question
from survey.exchange.xlsform.read.form import Form
from survey.exchange.xlsform.read.form_tree import REPEATS, Node
from survey.exchange.xlsform.read.items import items_of
from survey.exchange.xlsform.read.pyxform_rules import RECORDED, row_type
from survey.exchange.xlsform.read.tables import is_table, own_table, repeat_item
from survey.instrument.schema import NO_TEXT, Item, Page, Section, Text, combined

SILENT_KINDS = frozenset({"intro", "fact", "specify"})
"""Rows of the export that are part of something else."""
MAIN = "main"
LONGEST_TITLE = 200
UNSHOWN = ("calculate:", "hidden", "audit", RECORDED)
"""Begins of the families that no page shows."""


@dataclass(kw_only=True)
class Structure:
    """Makes sections and pages with codes of their own."""

    form: Form
    title: Text
    sections: set[str] = field(default_factory=set)
    pages: set[str] = field(default_factory=set)

    def of(self, root: Node) -> tuple[Section, ...]:
        """The sections of a form; questions outside groups stand in sections under the form's title."""
        return tuple(self._sections(root))

    def _sections(self, root: Node) -> Iterator[Section]:
        loose: list[Item] = []
        for child in root.children:
            if child.is_group and not is_table(child):
                yield from self._loose(loose)
                loose = []
                yield from self._section(child)
            else:
                loose += self._items(child)
        yield from self._loose(loose)

    def _loose(self, items: list[Item]) -> Iterator[Section]:
        if items:
            code = _given(MAIN, self.sections)
            page = Page(code=_given(MAIN, self.pages), title=self.title, items=tuple(items))
            yield Section(code=code, title=self.title, pages=(page,))

    def _section(self, node: Node) -> Iterator[Section]:
        row = _row(node)
        if row.kind == "page":
            yield from self._bare_pages(node)
            return
        code = _given(self.form.code(row), self.sections)
        title, intro = self._title(row), self._intro(node)
        self.form.places["section", code] = row
        note_unread_appearances(row, self.form.findings)
        pages = tuple(self._pages(node, "", NO_TEXT, title))
        # A group of others without questions is nothing; an empty section of the export is part of a draft.
        if pages or row.kind == "section":
            yield Section(code=code, title=title, intro=intro, relevant=self._relevant(row), pages=pages)

    def _bare_pages(self, node: Node) -> Iterator[Section]:
        """A page that a person has moved to the top gets a section of its own."""
        row = _row(node)
        title = self._title(row)
        pages = tuple(self._pages(node, self._relevant(row), self._intro(node), title))
        yield Section(code=_given(self.form.code(row), self.sections), title=title, pages=pages)

    def _pages(self, node: Node, relevant: str, intro: Text, title: Text) -> Iterator[Page]:
        """The pages of a group: runs of its questions, and its groups, in order."""
        run: list[Item] = []
        is_first = True
        heading = NO_TEXT if intro or _shows_itself(node) else title
        for child in node.children:
            if not child.is_group or is_table(child):
                run += self._items(child)
                continue
            # Questions before an inner group have a page of their own, or the order of the form would be lost.
            if run or (is_first and intro):
                yield self._page(node, relevant, intro if is_first else NO_TEXT, title, run)
                run, is_first = [], False
            yield from self._inner(child, relevant, heading)
        if run or (is_first and (intro or node.kind == "page")):
            yield self._page(node, relevant, intro if is_first else NO_TEXT, title, run)

    def _inner(self, node: Node, relevant: str, above: Text) -> Iterator[Page]:
        """The pages of a group within one; ``above`` is the title of groups around it that have no page."""
        row = _row(node)
        note_unread_appearances(row, self.form.findings)
        # Sections and pages are all that there is here: a group further in hands its condition down.
        both = both_hold(relevant, self._relevant(row))
        title = self._title(row)
        intro, longer = self._intro(node), combined(_beside, above, title)
        # The own title stays readable; those around it go into the introduction.
        if max(map(len, longer.to_dict().values())) > LONGEST_TITLE:
            longer, intro = title, combined(_below, above, intro)
        yield from self._pages(node, both, intro, longer)

    def _page(self, node: Node, relevant: str, intro: Text, title: Text, run: list[Item]) -> Page:
        code = _given(self.form.code(_row(node)), self.pages)
        self.form.places["page", code] = _row(node)
        return Page(code=code, title=title, intro=intro, relevant=relevant, items=tuple(run))

    def _items(self, node: Node) -> list[Item]:
        row = _row(node)
        if node.asking:
            return [entry_question(row, node.asking, self.form)]
        if row.kind in SILENT_KINDS:
            return []
        if is_table(node):
            return [own_table(node, self.form)]
        if node.family not in REPEATS:
            return list(items_of(row, self.form))
        item = repeat_item(node, self.form)
        return [item] if item else []

    def _title(self, row: XlsformRow) -> Text:
        title = self.form.wording(row, LABEL)
        if not title and not row.kind:
            self.form.findings.add("untitled", row.place("label"), row.name)
        if (title or row.kind) and not self._is_long(row):
            return title
        return Text(row.name, row.name)

    def _intro(self, node: Node) -> Text:
        row = _row(node)
        intros = [child.row for child in node.children if child.row and child.row.kind == "intro"]
        if intros:
            return self.form.wording(intros[0], LABEL)
        hint = self.form.wording(row, HINT)
        if not self._is_long(row):
            return hint
        self.form.findings.add("long_title", row.place(*LABEL), row.name)
        title = self.form.wording(row, LABEL)
        return combined(_below, title, hint)

    def _is_long(self, row: XlsformRow) -> bool:
        """Whether the label of a group by others is too long for a title."""
        title = self.form.wording(row, LABEL)
        return not row.kind and max(map(len, title.to_dict().values())) > LONGEST_TITLE

    def _relevant(self, row: XlsformRow) -> str:
        # To the letter where the export wrote it, or its digest would change.
        return row.raw(*RELEVANT) if row.kind else condition(row.get(*RELEVANT), self.form.names)


def _shows_itself(node: Node) -> bool:
    """Whether the title of a group is read without its groups: as that of a section, or above questions of its own."""
    is_section = node.above is None or node.above.row is None
    is_named = bool(node.row and any(column[0] == LABEL[0] for column, _ in node.row.filled()))
    own = (child.row for child in node.children if child.row and not child.is_group)
    return is_section or not is_named or any(map(_is_shown, own))


def _is_shown(row: XlsformRow) -> bool:
    return not row_type(row.type).family.startswith(UNSHOWN) and HIDDEN not in appearance_words(row)


def _below(*parts: str) -> str:
    return "\n".join(filter(None, parts))


def _beside(*titles: str) -> str:
    return " – ".join(filter(None, titles))


def _given(code: str, taken: set[str]) -> str:
    free = code if code not in taken else item_code(code, taken)
    taken.add(free)
    return free


def _row(node: Node) -> XlsformRow:
    assert node.row is not None
    return node.row

"""The sheet ``edit_rules`` of the export: one rule a row."""

from collections.abc import Iterable

from survey.exchange.xlsform.dialect.expressions import translated_expression
from survey.exchange.xlsform.form_rows import XlsformRow
from survey.exchange.xlsform.read.form import Form
from survey.instrument.schema import EditRule
from survey.terms import EditLevel

CODE, LEVEL, ITEMS, CONDITION, MESSAGE = "code", "level", "items", "condition", "message"
NEEDED = (CODE, LEVEL, ITEMS, CONDITION)


def edit_rules(rows: Iterable[XlsformRow], form: Form) -> tuple[EditRule, ...]:
    """The rules in order; a row without a needed cell or with an unknown level is an error."""
    return tuple(rule for row in rows if (rule := _rule(row, form)))


def _rule(row: XlsformRow, form: Form) -> EditRule | None:
    lacking = [name for name in NEEDED if not row.get(name)]
    if lacking:
        form.findings.add("edit_rule", row.place(lacking[0]), field=lacking[0])
        return None
    if row.get(LEVEL) not in set(EditLevel):
        form.findings.add("own_column", row.place(LEVEL), row.get(LEVEL), expected=", ".join(EditLevel))
        return None
    form.places["rule", row.get(CODE)] = row
    # People write lists with commas, the export writes blanks.
    items = row.get(ITEMS).replace(",", " ").split()
    return EditRule(
        code=row.get(CODE),
        level=EditLevel(row.get(LEVEL)),
        items=tuple(form.names.by_name.get(name, name) for name in items),
        condition=translated_expression(row.raw(CONDITION), form.names),
        message=form.wording(row, (MESSAGE,)),
    )

"""The tables of an earlier wave as far as a change needs them: without ranks, which nobody looks at there."""

from collections.abc import Collection, Sequence

from survey.methods.change.compared import is_compared
from survey.methods.production import Prepared, estimated_tables
from survey.methods.protection.company import company_of, counted_tables, is_counted
from survey.methods.protection.disclosure import protect
from survey.methods.tables.domain import ALL_FIRMS, Domain
from survey.methods.tables.plan import PlannedTable
from survey.methods.tables.quality import grade_table
from survey.methods.tables.table import ProtectedTable
from survey.methods.tables.vocabulary import Vocabulary


def earlier_tables(
    prepared: Prepared,
    words: Vocabulary,
    planned: Sequence[PlannedTable],
    domain: Domain = ALL_FIRMS,
    wanted: Collection[str] | None = None,
) -> dict[str, ProtectedTable]:
    """By code those of the planned tables that a later wave is compared with (of these the `wanted`), with the figures
    that `produce` shows.

    They are protected together with all others, which the page of the earlier wave shows beside them.
    """
    asked = [plan for plan in planned if is_compared(plan) and (wanted is None or plan.code in wanted)]
    compared, company = {plan.code for plan in asked}, company_of(planned, asked)
    counted = counted_tables(prepared.under(domain), filter(is_counted, company), asked, words.is_quantity)
    others = [plan for plan in company if not is_counted(plan)]
    codes = compared | {plan.code for plan in others}
    made = [plan for plan in planned if plan.code in codes]
    estimated = estimated_tables(prepared, words, made, domain, without_errors={plan.code for plan in others})
    graded = [grade_table(table) if table.spec.code in compared else table for table in estimated]
    rule = prepared.parameters.protection
    protected = protect([*graded, *counted], rule, known=prepared.known, nesting=words.nesting)
    # The others were not graded, so that nobody may be shown them.
    return {table.spec.code: table for table in protected if table.spec.code in compared}

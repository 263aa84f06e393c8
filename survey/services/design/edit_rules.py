"""Edit rules put into a questionnaire's draft."""

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Max

from survey.instrument import schema
from survey.models import EditRule, Questionnaire
from survey.services.audit import record_action


@transaction.atomic
def add_edit_rule(*, questionnaire: Questionnaire, rule: schema.EditRule, actor: User | None) -> EditRule:
    """Put the rule behind those that the questionnaire has. Its code must not be taken."""
    last = questionnaire.edit_rules.aggregate(last=Max("position"))["last"] or 0
    row = store_edit_rule(questionnaire, rule, last + 1)
    record_action(actor=actor, verb="add_edit_rule", subject=row, questionnaire=questionnaire.code)
    return row


def store_edit_rule(questionnaire: Questionnaire, rule: schema.EditRule, position: int) -> EditRule:
    """The row of a rule."""
    return questionnaire.edit_rules.create(
        code=rule.code,
        position=position,
        level=rule.level.value,
        items=list(rule.items),
        condition=rule.condition,
        message=rule.message,
    )

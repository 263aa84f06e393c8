"""The random follow-up sample of the silent: drawn once, then only its firms are called, and they stand for all."""

from collections import defaultdict

import numpy as np
from django.contrib.auth.models import User
from django.db import transaction

from survey.casework_terms import FollowUpPart
from survey.complaints import Catalogue, Entry
from survey.models import Case, Wave
from survey.selectors.fieldwork.follow_up import SILENT, follow_up_state, number_drawn
from survey.services.audit import record_action
from survey.services.fieldwork.cases import locked
from survey.services.fieldwork.many_cases import update_cases
from survey.services.refusals import RefusedError
from survey.terms import gettext_noop as _


class FollowUpError(RefusedError):
    """Why no follow-up sample is drawn."""

    catalogue = Catalogue(
        entries={
            "drawn_already": Entry(
                _("A follow-up sample was drawn in this wave already."),
                _("Go on with its firms: a second draw would choose among what is known of them."),
            ),
            "nobody_silent": Entry(_("No firm is silent."), _("Nothing needs to be done.")),
            "no_part": Entry(
                _("“%(value)s” is no part of the silent firms."), _("Enter a part between 5 and 90 per cent.")
            ),
        }
    )


# Below it the few firms drawn stand for too many, above it the draw saves no calls.
LEAST_PART, MOST_PART = 0.05, 0.9


@transaction.atomic
def draw_follow_up_sample(*, wave: Wave, part: float, seed: int, actor: User) -> int:
    """Draw ``part`` of the silent firms of each stratum at random, at least two; the number drawn.

    The draw follows from the seed and the order of the cases. Raises ``FollowUpError``.
    """
    # The wave is held, because two draws at once would each find that none was drawn.
    Wave.objects.select_for_update(of=("self",)).get(pk=wave.pk)
    if not LEAST_PART <= part <= MOST_PART:
        raise FollowUpError("no_part", f"{100 * part:g} %")
    if follow_up_state(wave) is not None:
        raise FollowUpError("drawn_already", wave.code)
    # Locked with the wave: a firm that submits while the draw runs is either silent for all of it or not in it.
    cases = locked(Case.objects.filter(SILENT, wave=wave).select_related("sample_unit").order_by("pk"))
    if not cases:
        raise FollowUpError("nobody_silent", wave.code)
    chosen = _chosen(cases, part, np.random.default_rng(seed))
    left = [case.pk for case in cases if case.pk not in chosen]
    # Those left out are marked too: later the weights tell them from firms that became silent after the draw.
    for part_of_it, keys in ((FollowUpPart.DRAWN, sorted(chosen)), (FollowUpPart.LEFT, left)):
        update_cases(keys, actor, follow_up_sample=part_of_it.value)
    # Seed and part make the draw repeatable, and show that it was made once.
    detail = {"silent": len(cases), "drawn": len(chosen), "part": part, "seed": seed}
    record_action(actor=actor, verb="draw_follow_up_sample", subject=wave, **detail)
    return len(chosen)


def _chosen(cases: list[Case], part: float, generator: np.random.Generator) -> set[int]:
    """Simple random samples by stratum."""
    strata: dict[int, list[int]] = defaultdict(list)
    for case in cases:
        strata[case.sample_unit.stratum_id].append(case.pk)
    return {
        int(pk)
        # In the order of strata and cases: the draw can be made again from the seed that the log holds.
        for _stratum, members in sorted(strata.items())
        for pk in generator.choice(members, number_drawn(len(members), part), replace=False)
    }

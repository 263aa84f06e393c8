"""What the register of firms knows that protection asks for: which firms belong together, which consent to be shown."""

from dataclasses import replace

import numpy as np
from django.db.models import Q

from survey.methods.production import Prepared
from survey.models import Firm, Wave
from survey.selectors.results.sample import sample_of
from survey.selectors.results.wave_log import log_of


def with_register(prepared: Prepared, wave: Wave) -> Prepared:
    """The wave with the enterprise groups and the consents of its sampled firms, as the register has them now. One
    query; the register is no part of what results are kept by, so that this is read anew each time.

    Local units of one firm know one another as the firms of one group do, and are one like these."""
    told = Q(group__isnull=False) | Q(consents_to_be_shown=True)
    rows = Firm.objects.filter(told).order_by("credit_code").values_list("credit_code", "group", "consents_to_be_shown")
    known = {code: (-1 if group is None else group, consents) for code, group, consents in rows}
    sample = sample_of(wave, log_of(wave))
    found = [known.get(code, (-1, False)) for code in sample.credit_code.tolist()]
    group = np.array([one for one, _consents in found], np.intp)
    if sample.unit_key.astype(bool).any():
        # Firms of no group have numbers below -1, which no group has: the same for all units of one.
        firm = np.unique(sample.credit_code, return_inverse=True)[1]
        group = np.where(group < 0, -2 - firm, group)
    # Numbers of the sample, not of the database: they are added to numbers of rows.
    enterprise = np.where(group == -1, -1, np.unique(group, return_inverse=True)[1])
    consents = np.array([consents for _group, consents in found], bool)
    return replace(prepared, collected=replace(prepared.collected, enterprise=enterprise, consents=consents))

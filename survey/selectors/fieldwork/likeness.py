"""How like the drawn firms those are that have answered so far, by what the list of firms says of them."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from survey.methods.errors import MethodsError
from survey.methods.extract import Coded
from survey.methods.nonresponse.representativity import Representativity, representativity
from survey.selectors.said import said as gettext
from survey.terms import SizeClass

INDUSTRY, SIZE, DISTRICT = "industry", "size", "district"
SIZES = [size.value for size in SizeClass]


def likeness_of(cases: pd.DataFrame) -> Representativity | None:
    """The R-indicator of the cases that `alike_cases` gives, with its parts by industry section, size and district.

    Firms known to be out of scope are left out, those of which nobody knows are in. None while everybody or nobody
    has answered, and where the model has no solution.
    """
    alike = ["stratum", "district", "submitted"]
    # Added up by what the model looks at: fifty thousand firms are a few thousand rows.
    found = cases[~cases["out_of_scope"]].groupby(alike, as_index=False, sort=True)[["count", "weight"]].sum()
    section, size = found["stratum"].str[:-1], found["stratum"].str[-1:]
    columns = {
        INDUSTRY: _coded(section, sorted(set(section))),
        SIZE: Coded(size.astype(np.int16).to_numpy(), tuple(SIZES)),
        DISTRICT: _coded(found["district"], sorted(set(found["district"]))),
    }
    stratum, firms = pd.factorize(found["stratum"])[0], found["count"].to_numpy(np.intp)
    try:
        return representativity(
            columns, found["submitted"].to_numpy(bool), found["weight"].to_numpy(float), stratum, firms
        )
    except MethodsError:
        # Told beside the counts, which it must never keep from being shown.
        return None


def names_of_parts(found: Representativity, sections: Mapping[str, str]) -> dict[str, str]:
    """What variables and categories of `likeness_of` are called on the page; ``sections`` by their codes."""
    named = {INDUSTRY: gettext("Industry"), SIZE: gettext("Size class"), DISTRICT: gettext("District")}
    named |= {size.value: gettext(str(size.label)) for size in SizeClass}
    district = next(one for one in found.variables if one.variable == DISTRICT)
    # Districts have their names already, in which signs may stand that join codes elsewhere.
    return {**sections, **named, **{one.category: one.category for one in district.categories}}


def _coded(values: pd.Series, labels: list[str]) -> Coded:
    number = {label: place for place, label in enumerate(labels)}
    return Coded(values.map(number).to_numpy(np.int16), tuple(labels))

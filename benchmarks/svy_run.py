"""The same shares by svy, the reference for speed; svy is a development dependency only."""

import polars
import svy

from survey.methods.extract import Extract


def proportions(extract: Extract, items: int) -> int:
    """Shares of the codes of the first `items` items, overall and by industry; the number of results."""
    names = list(extract.items)[:items]
    sample = sample_of(extract, names)
    overall = [sample.estimation.prop(name, drop_nulls=True) for name in names]
    by_domain = [sample.estimation.prop(name, by="industry", drop_nulls=True) for name in names]
    return sum(len(one.estimates) for one in [*overall, *by_domain])  # type: ignore[misc, union-attr]


def sample_of(extract: Extract, names: list[str]) -> svy.Sample:
    """The extract as svy wants it: one table of columns."""
    columns = {
        "stratum": extract.stratum,
        "weight": extract.weight,
        "population": extract.population[extract.stratum],  # type: ignore[index]
        "industry": extract.domains["industry"].codes,
    }
    columns |= {name: [None if c < 0 else c for c in extract.items[name].codes.tolist()] for name in names}
    return svy.Sample(polars.DataFrame(columns), svy.Design(stratum="stratum", wgt="weight", pop_size="population"))

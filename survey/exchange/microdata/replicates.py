"""Replicate weights of the firms that answered, so that other programs estimate errors without the design."""

from survey.exchange.microdata.content import microdata_rows
from survey.methods.replication.replicates import replicate_table, replicate_weights
from survey.methods.tables.second_interval import generator_of
from survey.models import Wave
from survey.selectors.results.wave_results import prepared_of

FEWEST, MOST = 50, 1000
"""Quantiles need 50 replicates; more than 1,000 tell nothing new."""


def replicates_csv(wave: Wave, replicates: int) -> bytes:
    """A line for each firm: the number of its row in the microdata, its stratum, its final weight and its replicates.

    The variance of a figure is the mean of the squared differences of its replicates from itself. The same wave gives
    the same replicates. In UTF-8 with the mark by which spreadsheets know it.
    """
    prepared = prepared_of(wave)
    design = prepared.replicate_design
    # Seeded by the extract: the same answers give the same replicates, others do not.
    weights = replicate_weights(design, replicates, generator_of(prepared.weighted.extract))
    numbers, answered = microdata_rows(wave), prepared.collected.answered
    units = [*map(str, numbers), *[""] * (len(design.weight) - answered)]
    strata = [str(number) for number in range(1, int(design.stratum.max()) + 2)]
    # Firms out of scope stand behind those that answered; the design needs them, the file does not.
    table = replicate_table(design, units, strata, weights).iloc[:answered]
    ordered = table.sort_values("unit", key=lambda column: column.astype(int))
    return str(ordered.to_csv(index=False)).encode("utf-8-sig")

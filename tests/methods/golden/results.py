"""What a case gives here: one function per kind of estimator, in a table."""

from collections.abc import Callable
from typing import Any

import numpy as np

from survey.methods.comparison.contrasts import two_sided_p
from survey.methods.errors import EmptyDomain
from survey.methods.estimates import estimation, quantiles
from survey.methods.estimates.estimation import Estimate, coefficient_of_variation
from survey.methods.estimates.intervals import t_interval
from survey.methods.sampling.allocation import allocate
from survey.methods.sampling.strata import summarise_strata
from survey.methods.weights.response_rates import response_rates, response_rates_by_class
from survey.methods.weights.weighting import diagnose_weights
from survey.terms import Disposition
from tests.methods.golden.data import load, text_of
from tests.methods.golden.designs import data_of, design_of, listed
from tests.methods.golden.variables import difference_of, domains_of, linear_of, values_of
from tests.methods.joint_covariance import joint_covariance, standard_error

Result = dict[str, object]
NOT_CAPPED = {"", "false", "0", "none"}


def row_result(row: Estimate) -> Result:
    return {**row._asdict(), "n_unweighted": row.n, "extra": {"df_domain": row.df_domain}}


def options_of(case: dict[str, Any]) -> dict[str, Any]:
    return case.get("options") or {}


def linear_result(case: dict[str, Any]) -> Result:
    """Means, totals, shares, ratios, and differences of them within one design or between two."""
    if " minus " in case["design"]:
        return independent_result(case)
    design, data = design_of(case["design"]), data_of(case["design"])
    linear = difference_of(case, design, data)
    replacement = options_of(case).get("deff_srs") == "with_replacement"
    row = estimation.summarise(design, linear, case["estimator"], replacement=replacement)
    result = row_result(row)
    result["extra"] |= {**tested(linear.estimate, row.se, row.df), **wave_parts(case, design, data)}  # type: ignore[operator]
    return result


def tested(estimate: float, se: float, df: float) -> dict[str, float]:
    t = estimate / se if se > 0 else np.nan
    return {"t": t, "p_two_sided": two_sided_p(t, df)}


def wave_parts(case: dict[str, Any], design: Any, data: Any) -> dict[str, Any]:
    """Means, errors and covariance of the two domains of a difference, the subtracted one first."""
    if len(domains_of(case)) == 1:
        return {}
    second, first = (linear_of(case, design, data, data.where(domain)) for domain in domains_of(case))
    covariance = joint_covariance(design, [first, second])
    return {
        "mean1": first.estimate,
        "mean2": second.estimate,
        "se1": standard_error(design, first),
        "se2": standard_error(design, second),
        "cov12": covariance[0, 1],
    }


def independent_result(case: dict[str, Any]) -> Result:
    first, second = case["design"].split(" minus ")
    designs = [(design_of(name), data_of(name)) for name in (first, second)]
    linears = [difference_of(case, design, data) for design, data in designs]
    # Two samples apart: the variances add, and the quantile is normal.
    errors = [standard_error(design, linear) for (design, _data), linear in zip(designs, linears, strict=True)]
    change, n = linears[0].estimate - linears[1].estimate, sum(linear.n for linear in linears)
    se = float(np.hypot(errors[0], errors[1]))
    low, high = t_interval(change, se, np.inf)
    row = {"estimate": change, "se": se, "cv": coefficient_of_variation(change, se), "ci_low": low, "ci_high": high}
    return {**row, "df": np.inf, "n_unweighted": n, "extra": tested(change, se, np.inf)}


def interval_result(case: dict[str, Any]) -> Result:
    design, data, options = design_of(case["design"]), data_of(case["design"]), options_of(case)
    row = estimation.share(
        design,
        values_of(data, case["variable"], case.get("level")),
        data.where(case.get("domain")),
        interval=options.get("method") or case["ci_method"],
        confidence=float(options.get("level") or 0.95),
        domain_df=options.get("df") == "domain",
    )
    return row_result(row)


def quantile_result(case: dict[str, Any]) -> Result:
    design, data = design_of(case["design"]), data_of(case["design"])
    values = values_of(data, case["variable"], None)
    return row_result(quantiles.quantile(design, values, float(options_of(case)["p"]), data.where(case.get("domain"))))


def items_result(case: dict[str, Any]) -> Result:
    design, data = design_of(case["design"]), data_of(case["design"])
    items = [item.strip() for item in case["variable"].split(",")]
    linears = [difference_of({**case, "variable": item}, design, data) for item in items]
    matrix = joint_covariance(design, linears)
    vcov = [dict(zip(items, row, strict=True)) for row in matrix.tolist()]
    se = np.sqrt(np.diag(matrix))
    estimates = np.array([linear.estimate for linear in linears])
    return {
        "estimate": estimates.tolist(),
        "se": se.tolist(),
        "cv": (se / np.abs(estimates)).tolist(),
        "df": design.degrees_of_freedom,
        "n_unweighted": int(np.logical_or.reduce([linear.inside for linear in linears]).sum()),
        "extra": {"items": items, "vcov": vcov},
    }


def weight_result(case: dict[str, Any]) -> Result:
    design, data = design_of(case["design"]), data_of(case["design"])
    inside = data.where(case.get("domain"))
    if not inside.any():
        raise EmptyDomain(case["domain"], "Nobody is in the domain.")
    found = diagnose_weights(design.weight[inside], calibrated=design.calibration is not None)
    extra = {"n": found.n, "n_eff": found.n_eff, "cv_weights": found.cv, "sum": found.total}
    return {"estimate": found.kish_deff, "n_unweighted": found.n, "extra": extra}


def response_result(case: dict[str, Any]) -> Result:
    data, options = load(case["design"]), options_of(case)
    data = data.rows(data.where(case.get("domain")))
    responded = data.equal(case["variable"], "1" if case.get("level") is None else case["level"])
    # All are eligible there, so that the unit response rate is RR1.
    outcome = np.where(responded, Disposition.COMPLETE.value, Disposition.REFUSAL.value)
    weight = data.numbers(options["weight"]) if options.get("weight") else np.ones(len(data))
    extra = {
        "unweighted": response_rates(outcome).rr1,
        "design_weighted": response_rates(outcome, weight=weight).rr1,
    }
    if options.get("size_variable"):
        size = size_of(data, options)
        extra["size_weighted_" + options["size_variable"]] = response_rates(outcome, weight=weight * size).rr1
    if options.get("classes"):
        classes = [".".join(row) for row in zip(*(data.text(name) for name in listed(options["classes"])), strict=True)]
        rates = response_rates_by_class(outcome, classes, weight=weight)
        extra["by_class_factor"] = {name: 1 / one.rr1 if one.rr1 else np.inf for name, one in rates.items()}  # type: ignore[assignment]
    return {"estimate": extra["unweighted"], "n_unweighted": len(data), "extra": extra}


def size_of(data: Any, options: dict[str, Any]) -> np.ndarray:
    if data.has(options["size_variable"]):
        return data.numbers(options["size_variable"])  # type: ignore[no-any-return]
    other, on = load(options["join"]["file"]), options["join"]["on"]
    by_key = dict(zip(other.text(on).tolist(), other.numbers(options["size_variable"]).tolist(), strict=True))
    return np.array([by_key[key] for key in data.text(on).tolist()])


def allocation_result(case: dict[str, Any]) -> Result:
    options, data = options_of(case), load(case["design"])
    data = data.rows(data.where(case.get("domain")))
    table = data.table.copy()
    for column in {options.get("size_variable"), options.get("population")} - {None}:
        table[column] = data.numbers(column)  # type: ignore[arg-type]
    strata = summarise_strata(
        table,
        options["stratum"],
        size_variable=options.get("size_variable"),
        population=options.get("population"),
        codes=[text_of(code) for code in listed(options.get("strata"))] or None,
    )
    sizes = allocate(
        strata,
        options["method"],
        float(options["n"]),
        minimum=float(options.get("min") or 0),
        cap=text_of(options.get("cap")).lower() not in NOT_CAPPED,
        power=float(options.get("q") or 0),
    )
    extra = {"strata": list(strata.codes), "N_h": strata.population.tolist()}
    return {"estimate": sizes.tolist(), "extra": extra}


RESULTS: dict[str, Callable[[dict[str, Any]], Result]] = {
    **dict.fromkeys(
        [
            "mean",
            "total",
            "proportion",
            "count_total",
            "likert_mean",
            "top2box",
            "net_balance_points",
            "ratio",
            "cell_proportion",
            "difference_between_items",
            "difference_between_domains",
            "change_paired_full_panel",
            "change_independent_samples",
            "change_partial_overlap",
        ],
        linear_result,
    ),
    "proportion_ci": interval_result,
    "quantile": quantile_result,
    "item_covariance_matrix": items_result,
    "kish_weight_deff": weight_result,
    "response_rate": response_result,
    "allocation": allocation_result,
}


def result_of(case: dict[str, Any]) -> Result:
    return RESULTS[case["estimator"]](case)

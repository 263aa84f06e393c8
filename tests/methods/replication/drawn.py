"""A bootstrap of one figure from replicates of its own; the product draws them once for all figures of a table."""

import numpy as np

from survey.methods.arrays import Bools, Floats
from survey.methods.replication.bootstrap import BootstrapEstimate, BootstrapPlan, bootstrapped, draws
from survey.methods.replication.replicates import ReplicateDesign


def bootstrap(
    design: ReplicateDesign,
    a: Floats,
    rng: np.random.Generator,
    b: Floats | None = None,
    domain: Bools | None = None,
    plan: BootstrapPlan | None = None,
) -> BootstrapEstimate:
    """The total of a, or its ratio to b, over a domain."""
    plan = plan or BootstrapPlan()
    return bootstrapped(design, draws(design, plan.replicates, rng), a, b, domain, plan)


def bootstrap_mean(
    design: ReplicateDesign,
    y: Floats,
    rng: np.random.Generator,
    domain: Bools | None = None,
    plan: BootstrapPlan | None = None,
) -> BootstrapEstimate:
    """The mean of y over those in a domain that answered."""
    return bootstrap(design, y, rng, np.ones(len(y)), domain, plan)

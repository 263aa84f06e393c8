"""Which worlds serve whom: loops over firms and insiders, compiled by Numba (see `stepping`)."""

import numpy as np
from numpy.typing import NDArray

from survey.methods.arrays import Bools
from survey.methods.certificate.stepping import machine_code


@machine_code
def strike_out(left: Bools, otherwise: Bools, noticed: Bools, helping: Bools) -> None:
    """Strike out of ``left`` (R, n) the insiders against whom a world serves, in place: one in which the answer of the
    row is ``otherwise`` (W, R) and the insider ``noticed`` (W, n) nothing. Those worlds that strike out anybody are
    noted as ``helping`` (W,)."""
    # From the last on: it is the furthest from the truth.
    for w in range(len(noticed) - 1, -1, -1):
        for row in range(len(left)):
            if not otherwise[w, row]:
                continue
            for insider in range(left.shape[1]):
                if left[row, insider] and not noticed[w, insider]:
                    left[row, insider] = False
                    helping[w] = True


@machine_code
def find_served(own: NDArray[np.uint64], others: NDArray[np.uint64], found: Bools) -> None:
    """Note in ``found`` (F, n) whether any world is among the ``own`` (F, words) of one and not among those of the
    other (n, words), bit by bit."""
    for firm in range(len(own)):
        for insider in range(len(others)):
            for word in range(own.shape[1]):
                if own[firm, word] & ~others[insider, word]:
                    found[firm, insider] = True
                    break

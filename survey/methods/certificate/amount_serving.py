"""Whom a world of amounts serves: loops over firms and insiders, compiled by Numba (see `stepping`)."""

from survey.methods.arrays import Bools, Ints
from survey.methods.certificate.stepping import machine_code


@machine_code
def count_served(left: Bools, sign: Ints, noticed: Bools) -> int:
    """How many of those who are ``left`` (2 C, n, n), by part (more and less of each column), firm and insider, a world
    serves: one in which an amount of the firm is to that side (`sign` (C, n), 1 or -1) and the insider ``noticed`` (n,)
    nothing."""
    found = 0
    for column in range(len(sign)):
        for firm in range(len(noticed)):
            if sign[column, firm] != 0:
                part = 2 * column + (sign[column, firm] < 0)
                for insider in range(len(noticed)):
                    if left[part, firm, insider] and not noticed[insider]:
                        found += 1
    return found


@machine_code
def strike_served(left: Bools, sign: Ints, noticed: Bools) -> None:
    """Strike out of ``left`` whom a world serves; in place."""
    for column in range(len(sign)):
        for firm in range(len(noticed)):
            if sign[column, firm] != 0:
                part = 2 * column + (sign[column, firm] < 0)
                for insider in range(len(noticed)):
                    if not noticed[insider]:
                        left[part, firm, insider] = False

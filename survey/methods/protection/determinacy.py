"""Which unknowns of a linear system its equations leave free: those at which some null vector is not 0."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.linalg import lsmr

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

# Singular values are exact but take time cubic in the unknowns; larger systems are left to the projection.
DENSE_UP_TO = 120
# The projection of a determined unknown is 0 up to the solver's tolerance (1e-13), that of a free one of the order of
# the vector; what lies between is doubtful and settled exactly.
ZERO, NOT_ZERO = 1e-9, 1e-6
# The golden section: its multiples modulo 1 never repeat and spread evenly (Weyl), so they meet no null vector at a
# right angle by pattern, and the outcome is the same each time, which random numbers would not be.
IRREGULAR = 0.6180339887498949


def free_unknowns(entries: Sequence[tuple[int, int, float]], shape: tuple[int, int]) -> Flags:
    """For each column of the matrix given as (row, column, value), whether it is left free.

    Small systems are settled by singular values. In a larger one an irregular vector is projected on the null space,
    which takes time linear in the entries; where the projection is neither clearly 0 nor clearly not, singular values
    decide after all.
    """
    rows, columns, values = (np.array(each) for each in zip(*entries, strict=True))
    matrix = csr_array((values.astype(float), (rows, columns)), shape=shape)
    if shape[1] > DENSE_UP_TO:
        size = np.abs(null_vector(matrix))
        if not ((size > ZERO) & (size < NOT_ZERO)).any():
            return np.asarray(size >= NOT_ZERO, bool)
    return np.asarray(np.abs(null_space(matrix.toarray())).max(axis=1, initial=0.0) > ZERO, bool)


def null_vector(matrix: csr_array) -> Floats:
    """The projection on the null space of a vector without pattern: 0 only where every null vector is."""
    seedless = np.modf(np.arange(1, matrix.shape[1] + 1) * IRREGULAR)[0] - 0.5
    solution = lsmr(matrix, matrix @ seedless, atol=1e-13, btol=1e-13, maxiter=20 * matrix.shape[1])
    return np.asarray(seedless - solution[0], float)


def null_space(matrix: Floats) -> Floats:
    """Orthonormal columns spanning the null space of `matrix`."""
    _, values, vectors = np.linalg.svd(matrix, full_matrices=True)
    # Relative to the largest value, and never below 1e-9, so that a matrix of zeros has rank 0.
    rank = int((values > 1e-9 * max(values.max(initial=0.0), 1.0)).sum())
    return np.asarray(vectors[rank:].T, float)

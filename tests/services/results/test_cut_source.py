"""What a cut is made from comes out of its bytes as it went in."""

import numpy as np

from survey.services.results.cut_source import Source, packed, unpacked


def test_arrays_and_what_stands_beside_them_come_back() -> None:
    arrays = {
        "item:a": np.array([1, -1, 0], "<i2"),
        "value:b": np.array([1.5, np.nan], "<f8"),
        "empty": np.array([], "<i4"),
        "stratum": np.array([7], "<i4"),
    }
    found = unpacked(packed(Source(arrays=arrays, beside={"labels": {"item:a": ["甲", "B"]}, "firms": []})))
    assert found.beside == {"labels": {"item:a": ["甲", "B"]}, "firms": []}
    assert list(found.arrays) == list(arrays)
    for name, array in arrays.items():
        assert found.arrays[name].dtype == array.dtype
        assert np.array_equal(found.arrays[name], array, equal_nan=array.dtype.kind == "f")

"""Every unit has a label, as text."""

import numpy as np
import pytest

from survey.methods.errors import MissingValue
from survey.methods.labels import text_labels


@pytest.mark.parametrize("values", [["a", 1], np.array(["a", 1], object)])
def test_labels_are_texts(values: object) -> None:
    assert text_labels(values, "stratum").tolist() == ["a", "1"]  # type: ignore[arg-type]


@pytest.mark.parametrize("missing", [None, float("nan")])
def test_first_unit_without_a_label_is_named(missing: object) -> None:
    with pytest.raises(MissingValue, match="Row 1 has no stratum"):
        text_labels(["a", missing, missing], "stratum")  # type: ignore[arg-type]

"""What a cut was made from, packed into bytes: the extract, the weights, and what tells a changed firm later."""

import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from survey.methods.production import Prepared

Arrays = Mapping[str, NDArray[Any]]


@dataclass(frozen=True, eq=False, kw_only=True)
class Source:
    """Arrays by name, the same on every machine, and JSON beside them: labels of columns, codes of firms."""

    arrays: Arrays
    beside: Mapping[str, Any]


def kept_source_of(prepared: Prepared, **beside: Any) -> Source:
    """The extract and the weights of a prepared wave.

    Arrays are named by what they are of: ``item:CODE`` and ``domain:CODE`` hold places among the labels of that name,
    -1 for none, ``value:CODE`` numbers, nan for none. Items, values and ``weight`` have a row for each respondent and
    then for each stratum that has none; ``firms`` are the credit codes of the respondents.
    """
    extract, collected = prepared.extract, prepared.collected
    coded = {
        **{f"item:{code}": column for code, column in extract.items.items()},
        **{f"domain:{code}": column for code, column in extract.domains.items()},
    }
    # Of fixed width and byte order, so that the digest is the same on every machine.
    arrays: dict[str, NDArray[Any]] = {name: column.codes.astype("<i2") for name, column in coded.items()}
    arrays |= {f"value:{code}": values.astype("<f8") for code, values in extract.values.items()}
    arrays |= {"weight": extract.weight.astype("<f8"), "stratum": extract.stratum.astype("<i4")}
    labels = {name: list(column.labels) for name, column in coded.items()}
    return Source(arrays=arrays, beside={"labels": labels, "firms": collected.firms, **beside})


def packed(source: Source) -> bytes:
    """The source as compressed bytes: one line of JSON that says what follows, then the arrays behind one another."""
    # Not a pickle: it is read again years later, by another version and maybe of another library.
    listed = [[name, array.dtype.str, len(array)] for name, array in source.arrays.items()]
    head = json.dumps({"arrays": listed, "beside": source.beside}, ensure_ascii=False)
    return zlib.compress(b"".join([head.encode(), b"\n", *(array.tobytes() for array in source.arrays.values())]))


def unpacked(content: bytes) -> Source:
    """The source that `packed` wrote."""
    head, _end, body = zlib.decompress(content).partition(b"\n")
    about, place, arrays = json.loads(head), 0, {}
    for name, kind, length in about["arrays"]:
        arrays[name] = np.frombuffer(body, kind, length, place)
        place += arrays[name].nbytes
    return Source(arrays=arrays, beside=about["beside"])

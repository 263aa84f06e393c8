"""A Dask cluster gives the figures of one process."""

from pathlib import Path
from time import sleep

import pytest

from survey.exchange.partitions.folder import extract_parts, write_folder
from survey.management.engines import cluster, plain
from survey.methods.errors import MissingValue
from tests.exchange.partitions.figures import figures
from tests.methods.surveys import random_extract
from tests.methods.tabulating import tabulate


@pytest.mark.parametrize("calibrated", [None, "raking"])
def test_cluster_gives_the_figures_of_one_process_and_of_memory(calibrated: str | None, tmp_path: Path) -> None:
    extract = random_extract(rows=4_000, calibrated=calibrated)
    folder = write_folder(tmp_path / "x", extract_parts(extract, 5))
    with cluster.local_cluster(2, processes=False) as client:
        found = figures(folder.wanted.rows(cluster.summed(client, folder, folder.wanted)))
    assert found == pytest.approx(figures(tabulate(extract, folder.statistics)), rel=1e-10, nan_ok=True)
    alone = figures(folder.wanted.rows(plain.summed(folder, folder.wanted)))
    assert found == pytest.approx(alone, rel=1e-10, nan_ok=True)


def test_missing_part_is_named_by_the_cluster_too(tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "x", extract_parts(random_extract(), 2))
    (folder.path / "part-00001.parquet").unlink()
    with (
        cluster.local_cluster(1, processes=False) as client,
        pytest.raises(MissingValue, match=r"part-00001\.parquet is missing"),
    ):
        cluster.summed(client, folder, folder.wanted)


def test_threads_of_a_large_process_are_not_held_to_its_memory() -> None:
    """The process holds more than a worker may take, as a long one does: workers in it go on."""
    with cluster.local_cluster(1, memory="10MB", processes=False) as client:
        # Dask looks at the memory every tenth of a second.
        sleep(0.5)
        assert client.submit(sum, (1, 2)).result(timeout=300) == 3

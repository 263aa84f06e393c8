"""Reader of reference sets in the format of tests/reference/golden/README.md."""

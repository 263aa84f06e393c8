"""Ways of adding up the moments of a partitioned extract; each gives the same figures."""

"""Extracts in parts: a folder of Parquet files with one description, for estimates beyond one memory."""

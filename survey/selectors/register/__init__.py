"""Reads of the firm register."""

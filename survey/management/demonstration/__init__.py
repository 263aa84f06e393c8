"""A fictitious survey to look at and to learn with, made by the same services that real users call."""

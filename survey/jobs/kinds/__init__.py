"""The kinds of job, one file per subject."""

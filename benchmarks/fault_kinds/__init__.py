"""The kinds of fault that ``benchmarks.faults`` brings about, one file per subject."""

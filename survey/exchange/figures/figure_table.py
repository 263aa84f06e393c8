"""The tables that pages and files of figures are made of: nothing else has a way to a reader."""

from survey.methods.clearing.cleared import ClearedTable
from survey.methods.tables.table import ProtectedTable

FigureTable = ProtectedTable | ClearedTable
"""Working figures, which are protected page by page, or cleared ones, which were decided once for their cut."""

"""Plots an analyst wants first, from rows that the warehouse counted: SVG or PNG, the same file for the same rows."""

from flows.plots.dyads import draw_dyads, draw_matrix
from flows.plots.frame import Sheet
from flows.plots.life import draw_life
from flows.plots.months import draw_months

__all__ = ["Sheet", "draw_dyads", "draw_life", "draw_matrix", "draw_months"]

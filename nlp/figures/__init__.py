"""Figures in running text: numbers, ranges and shares, their approximators, units and currencies."""

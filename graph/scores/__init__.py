"""How what was found compares with labels: one file for each thing that is counted."""

"""Date expressions in running text: word lists and rules as data, scanning, and resolution against a day."""

"""One spider a kind of source; a source that fits a kind is a row of data, not a spider."""

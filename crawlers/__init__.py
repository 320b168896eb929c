"""Web, files and archives in; `Capture` and `Document` records out."""

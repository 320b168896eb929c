"""Database in; static pages, feeds and the Datasette configuration out."""

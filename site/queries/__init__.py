"""Every SQL statement of the site, by what it asks about; each gives rows of the type declared beside it."""

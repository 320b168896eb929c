"""Item pipelines, one concern a file; `settings.py` gives their order."""

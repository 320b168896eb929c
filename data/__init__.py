"""Curated tables, one folder a topic, read through `importlib.resources` so that a wheel carries them."""

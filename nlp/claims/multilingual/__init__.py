"""Claims from French, German, Spanish, Chinese and Japanese text, without a parser: names as anchors, clauses as data.

A pattern speaks of a sentence in which every name, date and amount is one placeholder, so that word order, particles
and prepositions decide who did what to whom. What the patterns do not settle is left out.
"""

from distillwatch.nlp.claims.multilingual.reader import LANGUAGES, MultilingualReader

__all__ = ["LANGUAGES", "MultilingualReader"]

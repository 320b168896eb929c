"""Names: which companies, models, people, agencies, policies, products, outlets and groups a document speaks of."""

from distillwatch.nlp.names.finder import NameFinder, Names

__all__ = ["NameFinder", "Names"]

"""Name finders that know an invented registry, nothing, or the real topic's; each built once."""

from __future__ import annotations

import pytest
from spacy.language import Language

from distillwatch.nlp.extract import Extractor
from distillwatch.nlp.names import NameFinder
from distillwatch.topic import Topic
from tests.nlp.builders import REGISTRY


@pytest.fixture(scope="session")
def finder(topic: Topic) -> NameFinder:
    """Knows the small registry."""
    return NameFinder(REGISTRY, topic.vocabulary)


@pytest.fixture(scope="session")
def ignorant(topic: Topic) -> NameFinder:
    """Knows no name at all."""
    return NameFinder((), topic.vocabulary)


@pytest.fixture(scope="session")
def real_finder(topic: Topic) -> NameFinder:
    """Knows the registry of the real topic."""
    return NameFinder(topic.entities, topic.vocabulary)


@pytest.fixture(scope="session")
def sample_extractor(sample_topic: Topic, nlp: Language) -> Extractor:
    """Reads with the invented topic of the sample newsroom."""
    return Extractor(sample_topic, nlp)

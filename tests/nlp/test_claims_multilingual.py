"""Claims in languages without a parser: roles, stance, speakers, silence where nothing is stated."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from distillwatch.errors import TopicInvalid
from distillwatch.nlp.claims.multilingual import LANGUAGES, MultilingualReader
from distillwatch.nlp.claims.multilingual.lexicon import expand, load_lexicon
from distillwatch.nlp.extract import Extractor, document_amounts
from distillwatch.nlp.names import NameFinder
from distillwatch.nlp.when import document_dates
from distillwatch.records import Claim, Document, Segment
from distillwatch.topic import Topic
from tests.nlp.claims_desk import Desk as PressDesk
from tests.nlp.claims_desk import cases, compared

# (subject, predicate, object, "speaker act polarity hedge")
Row = tuple[str, str, str, str]
O2, P3 = "Ostra 2", "Pellan 3"
HUAIXU, BOLAN = "Huaixu Technology", "Bolan Intelligence"
TRAINED = "trained_on_outputs_of"

CASES: list[tuple[str, str, list[Row]]] = [
    # who did what: voice, order, particles, prepositions
    ("fr", "Les comptes de Huaixu ont été fermés mardi par Quellmark.",
     [("Quellmark", "restricted", HUAIXU, " asserts + none")]),
    ("fr", "Linmo 2 a été dévoilé en février par Huaixu.", [(HUAIXU, "released", "Linmo 2", " asserts + none")]),
    # a vote in committee is a step and no adoption
    ("fr", "Model Provenance Act a été adopté en commission mardi.",
     [("Model Provenance Act", "policy_status", "advanced", " asserts + none")]),
    ("fr", "Model Provenance Act a été adopté mardi.",
     [("Model Provenance Act", "policy_status", "adopted", " asserts + none")]),
    ("es", "Model Provenance Act fue aprobado en comisión el martes.",
     [("Model Provenance Act", "policy_status", "advanced", " asserts + none")]),
    ("de", "Bolan wurde von Quellmark verklagt.", [("Quellmark", "sued", BOLAN, " asserts + none")]),
    ("de", "Norvane verklagte Huaixu am Montag vor einem Gericht.", [("Norvane", "sued", HUAIXU, " asserts + none")]),
    ("de", "Am Donnerstag stellte die Firma Huaixu das Modell Linmo 2 vor.",
     [(HUAIXU, "released", "Linmo 2", " asserts + none")]),
    ("de", "Linmo 2, das Huaixu im Februar veröffentlicht hatte, wurde mit Ausgaben von Ostra 2 trainiert.",
     [(HUAIXU, "released", "Linmo 2", " asserts + none"), ("Linmo 2", TRAINED, O2, " asserts + none")]),
    ("es", "Linmo 2, que Huaixu publicó en febrero, fue entrenado con respuestas de Ostra 2.",
     [(HUAIXU, "released", "Linmo 2", " asserts + none"), ("Linmo 2", TRAINED, O2, " asserts + none")]),
    ("zh", "泊岚智能被奎尔马克起诉。", [("Quellmark", "sued", BOLAN, " asserts + none")]),
    ("zh", "林墨2由槐序科技于2月推出。", [(HUAIXU, "released", "Linmo 2", " asserts + none")]),
    ("zh", "泊岚智能上市了。远汐4的性能超过Pellan 3 Pro。",
     [("Yuanxi 4", "outperforms", "Pellan 3 Pro", " asserts + none")]),
    ("ja", "Linmo 2はHuaixuが2月に発表した。", [(HUAIXU, "released", "Linmo 2", " asserts + none")]),
    ("ja", "Quellmarkは火曜日、Huaixuを提訴した。", [("Quellmark", "sued", HUAIXU, " asserts + none")]),
    # training, judging, building are told apart
    ("fr", "Bolan a utilisé Pellan 3 comme étalon pour évaluer Yuanxi 3.",
     [(BOLAN, "evaluated_with", P3, " asserts + none")]),
    ("de", "Bolan hat Pellan 3 nur als Vergleichsmaßstab benutzt.",
     [(BOLAN, "evaluated_with", P3, " asserts + none")]),
    ("es", "Kolm 1-34B deriva de Mirel 2-24B.", [("Kolm 1-34B", "built_on", "Mirel 2-24B", " asserts + none")]),
    ("zh", "泊岚智能只用Pellan 3做过评测。", [(BOLAN, "evaluated_with", P3, " asserts + none")]),
    ("ja", "Kolm 1-34BはMirel 2-24Bをベースに開発された。",
     [("Kolm 1-34B", "built_on", "Mirel 2-24B", " asserts + none")]),
    # accusers are not the accused
    ("fr", "Norvane accuse Huaixu d’avoir entraîné Linmo 2 sur les réponses d’Ostra 2.",
     [(HUAIXU, TRAINED, O2, "Norvane alleges + none")]),
    ("de", "Norvane wirft Huaixu vor, Linmo 2 mit Antworten von Ostra 2 trainiert zu haben.",
     [(HUAIXU, TRAINED, O2, "Norvane alleges + none")]),
    ("es", "Norvane acusa a Huaixu de haber entrenado Linmo 2 con respuestas de Ostra 2.",
     [(HUAIXU, TRAINED, O2, "Norvane alleges + none")]),
    ("zh", "诺凡指控槐序科技用Ostra 2的输出训练林墨2。", [(HUAIXU, TRAINED, O2, "诺凡 alleges + none")]),
    ("ja", "NorvaneはHuaixuがOstra 2の出力でLinmo 2を学習させたと非難した。",
     [(HUAIXU, TRAINED, O2, "Norvane alleges + none")]),
    # suspicion, doubt, anonymous sources
    ("fr", "Norvane soupçonne Huaixu d’avoir distillé Ostra 2.", [(HUAIXU, TRAINED, O2, "Norvane alleges + weak")]),
    ("fr", "Le modèle Kolm 1-34B serait dérivé de Mirel 2-24B, d’après plusieurs experts.",
     [("Kolm 1-34B", "built_on", "Mirel 2-24B", " reports + weak")]),
    ("fr", "Une source proche du dossier indique que Quellmark a coupé l’accès de Rautenfels.",
     [("Quellmark", "restricted", "Rautenfels", " reports + none")]),
    ("de", "Huaixu könnte Linmo 3 im September veröffentlichen.",
     [(HUAIXU, "released", "Linmo 3", " asserts + strong")]),
    ("es", "Kolm 1-34B estaría basado en Mirel 2-24B.",
     [("Kolm 1-34B", "built_on", "Mirel 2-24B", " reports + weak")]),
    ("zh", "两名知情人士说，泊岚智能曾大量调用诺凡接口。", [(BOLAN, "accessed", "Norvane API", " reports + none")]),
    ("ja", "関係者によると、Quellmarkは4月、Rautenfelsのアクセスを遮断した。",
     [("Quellmark", "restricted", "Rautenfels", " reports + none")]),
    # a denial is two claims
    ("fr", "Huaixu nie avoir distillé Ostra 2.",
     [(HUAIXU, "commented", "denied", " asserts + none"), (HUAIXU, TRAINED, O2, "Huaixu denies - none")]),
    ("de", "Huaixu bestreitet, Ostra 2 destilliert zu haben.",
     [(HUAIXU, "commented", "denied", " asserts + none"), (HUAIXU, TRAINED, O2, "Huaixu denies - none")]),
    ("es", "Huaixu negó haber destilado Ostra 2.",
     [(HUAIXU, "commented", "denied", " asserts + none"), (HUAIXU, TRAINED, O2, "Huaixu denies - none")]),
    ("zh", "槐序科技否认蒸馏了Ostra 2。",
     [(HUAIXU, "commented", "denied", " asserts + none"), (HUAIXU, TRAINED, O2, "槐序科技 denies - none")]),
    ("ja", "HuaixuはOstra 2を蒸留したことを否定した。",
     [(HUAIXU, "commented", "denied", " asserts + none"), (HUAIXU, TRAINED, O2, "Huaixu denies - none")]),
    # negation where the language puts it
    ("fr", "Tarsil n’enquête pas sur Rautenfels.", [("Tarsil", "investigates", "Rautenfels", " asserts - none")]),
    ("de", "Kolm 1-34B beruht nicht auf Mirel 2-24B.",
     [("Kolm 1-34B", "built_on", "Mirel 2-24B", " asserts - none")]),
    ("es", "Linmo 2 no fue entrenado con respuestas de Ostra 2.", [("Linmo 2", TRAINED, O2, " asserts - none")]),
    ("zh", "槐序科技上市了。林墨2并非基于Ostra 2开发。", [("Linmo 2", "built_on", O2, " asserts - none")]),
    ("ja", "Linmo 2はOstra 2の出力で学習していない。", [("Linmo 2", TRAINED, O2, " asserts - none")]),
    # quotations: "we" is the speaker's house
    ("de", "„Wir haben Ostra 2 nie zum Training verwendet“, sagte Lian Shuo, Sprecher von Huaixu.",
     [("Lian Shuo", "holds_role", HUAIXU, " asserts + none"), (HUAIXU, TRAINED, O2, "Lian Shuo denies - none")]),
    ("es", "«Nunca hemos entrenado nuestros modelos con respuestas de Ostra 2», dijo Lian Shuo, portavoz de Huaixu.",
     [("Lian Shuo", "holds_role", HUAIXU, " asserts + none"), (HUAIXU, TRAINED, O2, "Lian Shuo denies - none")]),
    ("zh", "槐序科技发言人连朔说：“我们从未使用Ostra 2的回答训练模型。”",
     [("Lian Shuo", "holds_role", HUAIXU, " asserts + none"), (HUAIXU, TRAINED, O2, "连朔 denies - none")]),
    ("ja", "Huaixuの広報担当Lian Shuo氏は「Ostra 2の回答を学習に使ったことはない」と述べた。",
     [("Lian Shuo", "holds_role", HUAIXU, " asserts + none"), (HUAIXU, TRAINED, O2, "Lian Shuo denies - none")]),
    ("fr", "Léonie Castagnet, cofondatrice de Tarsil, juge que Rautenfels a violé la licence communautaire de Tarsil.",
     [("Léonie Castagnet", "holds_role", "Tarsil", " asserts + none"),
      ("Rautenfels", "violates", "Tarsil Community Licence", "Léonie Castagnet opines + none")]),
    # answers
    ("fr", "Tarsil a refusé de commenter.", [("Tarsil", "commented", "declined", " asserts + none")]),
    ("de", "Tarsil und Rautenfels ließen Anfragen unbeantwortet.",
     [("Tarsil", "commented", "no_response", " asserts + none"),
      ("Rautenfels", "commented", "no_response", " asserts + none")]),
    ("es", "Ni Norvane ni Quellmark respondieron a las preguntas.",
     [("Norvane", "commented", "no_response", " asserts + none"),
      ("Quellmark", "commented", "no_response", " asserts + none")]),
    ("zh", "诺凡对此不予置评，奎尔马克也未回应。",
     [("Norvane", "commented", "declined", " asserts + none"),
      ("Quellmark", "commented", "no_response", " asserts + none")]),
    ("ja", "Tarsilはコメントを控えた。", [("Tarsil", "commented", "declined", " asserts + none")]),
    # rules
    ("fr", "Les conditions d’utilisation de Norvane interdisent d’entraîner un modèle concurrent.",
     [("Norvane Terms of Use", "prohibits", "d’entraîner un modèle concurrent", " asserts + none")]),
    ("zh", "诺凡的使用条款规定，不得用其输出训练竞争模型。",
     [("Norvane Terms of Use", "prohibits", "用其输出训练竞争模型", " asserts + none")]),
    ("ja", "BolanはNorvaneの利用規約に違反した。", [(BOLAN, "violates", "Norvane Terms of Use", " asserts + none")]),
    # whom a description means
    ("fr", "Norvane et Quellmark ont annoncé un partenariat. Les deux entreprises refusent de commenter.",
     [("Norvane", "commented", "declined", " asserts + none"),
      ("Quellmark", "commented", "declined", " asserts + none")]),
    ("de", "Quellmark verlor an der Börse. Das Unternehmen lehnte eine Stellungnahme ab.",
     [("Quellmark", "commented", "declined", " asserts + none")]),
    ("zh", "奎尔马克发布了新规。公司随后封禁了泊岚智能的账号。",
     [("Quellmark", "restricted", BOLAN, " asserts + none")]),
    # nothing is stated
    ("fr", "Norvane n’a pas accusé Huaixu d’avoir distillé Ostra 2.", []),
    ("fr", "Aucune preuve n’indique que Linmo 2 ait été entraîné sur Ostra 2.", []),
    ("fr", "Huaixu utilise des puces de Norvane pour entraîner Linmo 2.", []),
    ("fr", "Norvane interdit à Huaixu d’interroger Ostra 2.", [("Norvane", "restricted", HUAIXU, " asserts + none")]),
    ("de", "Norvane hat Huaixu nicht beschuldigt, Ostra 2 destilliert zu haben.", []),
    ("de", "Es gibt keine Belege dafür, dass Linmo 2 mit Ausgaben von Ostra 2 trainiert wurde.", []),
    ("de", "Quellmark prüft rechtliche Schritte gegen Huaixu.", []),
    ("es", "No hay pruebas de que Linmo 2 se entrenara con respuestas de Ostra 2.", []),
    ("es", "Fuentes cercanas a Quellmark señalan que la empresa estudia demandar a Huaixu.", []),
    ("zh", "没有证据表明林墨2使用了Ostra 2的输出进行训练。", []),
    ("zh", "“说我们蒸馏Ostra 2，纯属无稽之谈。”连朔说。", []),
    ("ja", "Linmo 2がOstra 2の出力で学習したという証拠はない。", []),
    # questions and conditions are kept as such
    ("fr", "Huaixu a-t-elle entraîné Linmo 2 sur les réponses d’Ostra 2 ?", [(HUAIXU, TRAINED, O2, " asks + none")]),
    ("de", "Ob Bolan gegen die Nutzungsbedingungen von Norvane verstoßen hat, ist offen.",
     [(BOLAN, "violates", "Norvane Terms of Use", " asks + none")]),
    ("zh", "如果泊岚智能用Ostra 2训练了远汐3，诺凡会上诉。", [(BOLAN, TRAINED, O2, " supposes + none")]),
    ("es", "Quellmark bloqueará a Bolan a partir del lunes.",
     [("Quellmark", "restricted", BOLAN, " predicts + none")]),
]  # fmt: skip


class Desk:
    """Reads one paragraph of the sample topic's world."""

    def __init__(self, topic: Topic) -> None:
        self.finder = NameFinder(topic.entities, topic.vocabulary)
        self.reader = MultilingualReader(topic)
        self.names = {e.id: e.name for e in topic.entities}

    def read(self, language: str, text: str, segment: Segment | None = None) -> list[Claim]:
        segment = segment or Segment(position=0, kind="paragraph", start=0, end=len(text))
        document = Document(
            id="d",
            source_id="s",
            url="https://herald.example/a",
            kind="news",
            language=language,
            title="t",
            text=text,
            segments=(segment,),
            published_at="2025-06-11",
        )
        names = self.finder.find(document)
        spans = [(m.start, m.end) for m in names.mentions]
        self.names.update({e.id: e.name for e in names.proposed})
        reading = self.reader.read(document, names, document_dates(document, spans), document_amounts(document, spans))
        assert all(text[c.start : c.end] == c.evidence for c in reading.claims)
        return list(reading.claims)

    def row(self, claim: Claim) -> Row:
        stance = f"{claim.speaker_text} {claim.speech_act} {claim.polarity} {claim.hedge}"
        subject = self.names.get(claim.subject_id or "", claim.subject_text)
        return subject, claim.predicate, self.names.get(claim.object_id or "", claim.object_text), stance


@pytest.fixture(scope="module")
def desk(sample_topic: Topic) -> Desk:
    return Desk(sample_topic)


@pytest.mark.parametrize(("language", "text", "expected"), CASES, ids=[f"{c[0]}: {c[1][:50]}" for c in CASES])
def test_claims(desk: Desk, language: str, text: str, expected: list[Row]) -> None:
    assert sorted(desk.row(c) for c in desk.read(language, text)) == sorted(expected)


@pytest.mark.parametrize(
    ("language", "text", "low", "high"),
    [
        ("fr", "Huaixu a interrogé Ostra 2 avec plus de 24 000 comptes.", 24000, None),
        ("de", "Vicinus kam später. Kolm 1-34B hat 34 Milliarden Parameter.", 34e9, 34e9),
        ("es", "El entrenamiento de Yuanxi 4 costó unos 11 millones de dólares.", 11e6, 11e6),
        ("zh", "泊岚智能上市了。远汐3拥有2360亿参数。", 236e9, 236e9),
        ("ja", "BolanはPellan 3と300万回の会話をしたことを認めた。", 3e6, 3e6),
    ],
)
def test_figures_go_with_their_claim(desk: Desk, language: str, text: str, low: float, high: float | None) -> None:
    [quantity] = [c.quantity for c in desk.read(language, text) if c.quantity is not None]
    assert (quantity.low, quantity.high) == (low, high)


@pytest.mark.parametrize(
    ("language", "text", "day"),
    [
        ("fr", "Quellmark a coupé, en mars 2025, l’accès de Bolan.", "2025-03-01"),
        ("de", "Am Dienstag sperrte Norvane die Konten von Bolan.", "2025-06-10"),
        ("zh", "2025年3月，诺凡封禁了泊岚智能的账号。", "2025-03-01"),
        ("ja", "Norvaneは2025年3月、Bolanのアカウントを停止した。", "2025-03-01"),
    ],
)
def test_dates_go_with_their_event(desk: Desk, language: str, text: str, day: str) -> None:
    [claim] = [c for c in desk.read(language, text) if c.predicate == "restricted"]
    assert claim.when is not None
    assert claim.when.start == day


def test_a_commenter_speaks_for_himself(desk: Desk) -> None:
    text = "Huaixu a distillé Ostra 2."
    segment = Segment(position=0, kind="comment", start=0, end=len(text), speaker="quiet_reader")
    [claim] = desk.read("fr", text, segment)
    assert (claim.speaker_text, claim.speech_act) == ("quiet_reader", "asserts")


def test_the_day_of_telling_is_not_the_day_of_the_deed(desk: Desk) -> None:
    [claim] = [
        c for c in desk.read("fr", "Norvane a affirmé mardi que Huaixu a distillé Ostra 2.") if c.predicate == TRAINED
    ]
    assert claim.when is None


def test_a_language_without_patterns_gives_nothing(desk: Desk) -> None:
    assert desk.read("ko", "Norvane Huaixu Ostra 2") == []


def test_a_missing_language_is_named(sample_topic: Topic) -> None:
    with pytest.raises(TopicInvalid, match="claims_xx"):
        load_lexicon(sample_topic.vocabulary, "xx")


def test_slots_and_gaps_are_written_out() -> None:
    assert expand("{S:cg}a", {}) == "(?P<S>⟦[cg][0-9]+⟧)a"
    assert expand("{x}{word}", {"word": "b|c"}) == "⟦x[0-9]+⟧(?:b|c)"


PIECES = st.sampled_from(
    ["Norvane", "Huaixu", "Ostra 2", " ", ", ", ". ", "«", "»", "「",
     "」", "accuse", "wirft", "vor", "d’avoir", "entraîné",
     "mit Antworten von", "trainiert", "que", "否认", "用", "的回答训练", "は", "が",
     "を提訴した", "n’a pas", "répondu", "\n", "ni",
     "weder", "noch", "24 000", "comptes", "mardi", "et", "und", "?", "si", "selon", "wir", "我们", "公司"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=20).map("".join), st.sampled_from(LANGUAGES))
def test_any_text_is_read_without_error_and_quoted_exactly(desk: Desk, text: str, language: str) -> None:
    desk.read(language, text)


PRESS = cases([Path(__file__).with_name("multilingual_claims.txt")])


@pytest.mark.parametrize(("row", "expected"), PRESS)
def test_a_sentence_of_the_press(sample_extractor: Extractor, row: str, expected: tuple[str, ...]) -> None:
    language, _, sentence = row.partition(" :: ")
    desk = PressDesk(sample_extractor)
    found = desk.told(desk.read(sentence, language=language).claims)
    assert compared(expected, found) == ([], [])


def test_the_ten_predicates_are_read_in_every_language() -> None:
    ten = {
        "trained_on_outputs_of", "accessed", "built_on", "released", "has_parameters",
        "restricted", "sued", "commented", "prohibits", "investigates",
    }  # fmt: skip
    told = {language: {row[1] for code, _, rows in CASES if code == language for row in rows} for language in LANGUAGES}
    for row, claims in PRESS:
        told[row[:2]] |= {claim.split("|")[1] for claim in claims}
    assert {language: ten - told[language] for language in LANGUAGES} == {language: set() for language in LANGUAGES}


@pytest.mark.parametrize(
    "line",
    [
        "Das Modell Kolm 1, so der Vorwurf der Japaner, sei auf Mirel 7B aufgebaut.",
        "Einen Brief hat Norvane an Rautenfels geschickt. Kolm 1, so der Vorwurf, sei auf Mirel 7B aufgebaut.",
    ],
)
def test_a_charge_is_nobodys_confession(desk: Desk, line: str) -> None:
    found = [desk.row(c) for c in desk.read("de", line) if c.predicate == "built_on"]
    assert found == [("Kolm 1", "built_on", "Mirel 7B", " alleges + none")]


def test_who_has_denied_it_is_not_the_author_of_the_paper_that_says_so(desk: Desk) -> None:
    line = (
        "Rautenfels hat den Vorwurf zurückgewiesen, sein Sprachmodell Kolm 1 beruhe auf Mirel 7B. "
        "Erhoben hatten ihn Forscher: Kolm 1 sei aus den Gewichten von Mirel 7B abgeleitet, heißt es in dem Aufsatz."
    )
    found = [desk.row(c)[3] for c in desk.read("de", line) if c.predicate == "built_on"]
    assert found == ["Rautenfels denies - none", " reports + none"]

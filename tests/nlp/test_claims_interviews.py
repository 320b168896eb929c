"""Interviews in every language that is read: whose turn it is, and whom "we", "us" and "your company" mean in it."""

from __future__ import annotations

import pytest

from distillwatch.nlp.extract import Extractor
from distillwatch.records import SegmentKind
from tests.nlp.claims_desk import Desk

HUAIXU, O2 = "Huaixu Technology", "Ostra 2"
GUESTS = {"zh": "王立明", "ja": "連碩"}

# Heading, introduction, then questions and answers in turn, alike in each language.
PAGES: dict[str, tuple[str, ...]] = {
    "en": (
        "“We measured, we did not copy”",
        "Lian Shuo is chief scientist of Huaixu. We spoke by telephone.",
        "Did you train Linmo 2 on answers of Ostra 2?",
        "No. We never trained Linmo 2 on answers of Ostra 2. We used Ostra 2 only as a judge.",
        "How many requests did your company send?",
        "Our engineers sent 40,000 requests to Ostra 2. That is all.",
        "And the terms?",
        "We have complied with the Norvane Terms of Use. Norvane has closed our accounts, and Norvane has sued us.",
        "What is Linmo 2 built on?",
        "Linmo 2 is built on Linmo 1.5. The training cost us 3 million dollars.",
        "Do they own you?",
        "Bolan owns 20 percent of our company.",
    ),
    "de": (
        "„Wir haben gemessen, nicht kopiert“",
        "Lian Shuo ist Chefwissenschaftler von Huaixu. Ein Interview.",
        "Haben Sie Linmo 2 mit Antworten von Ostra 2 trainiert?",
        "Nein. Wir haben Linmo 2 nie mit Antworten von Ostra 2 trainiert. Ostra 2 hat uns nur als Prüfer gedient.",
        "Wie viele Anfragen waren es?",
        "Unsere Ingenieure haben 40.000 Anfragen an Ostra 2 geschickt..",
        "Und die Bedingungen?",
        "Norvane hat unsere Konten gesperrt, und Norvane hat uns verklagt.",
        "Worauf baut Linmo 2 auf?",
        "Linmo 2 baut auf Linmo 1.5 auf. Das Training von Linmo 2 hat uns 3 Millionen Dollar gekostet.",
        "Wem gehören Sie?",
        "Bolan hält 20 Prozent an unserem Unternehmen.",
    ),
    "fr": (
        "« Nous avons mesuré, pas copié »",
        "Lian Shuo est directeur scientifique de Huaixu. Entretien.",
        "Avez-vous entraîné Linmo 2 sur des réponses d’Ostra 2 ?",
        "Non. Nous n’avons jamais entraîné Linmo 2 sur des réponses d’Ostra 2. Ostra 2 nous a seulement servi de juge.",
        "Combien de requêtes votre entreprise a-t-elle envoyées ?",
        "Nos ingénieurs ont envoyé 40 000 requêtes à Ostra 2..",
        "Et les conditions ?",
        "Norvane a fermé nos comptes et Norvane nous a poursuivis en justice.",
        "Sur quoi repose Linmo 2 ?",
        "Linmo 2 repose sur Linmo 1.5. L’entraînement de Linmo 2 nous a coûté 3 millions de dollars.",
        "À qui appartenez-vous ?",
        "Bolan détient 20 % de notre entreprise.",
    ),
    "es": (
        "«Medimos, no copiamos»",
        "Lian Shuo es director científico de Huaixu. Entrevista.",
        "¿Entrenaron ustedes Linmo 2 con respuestas de Ostra 2?",
        "No. Nunca hemos entrenado Linmo 2 con respuestas de Ostra 2. Usamos Ostra 2 solo como juez.",
        "¿Cuántas consultas hizo su empresa?",
        "Nuestros ingenieros enviaron 40.000 consultas a Ostra 2..",
        "¿Y las condiciones?",
        "Hemos cumplido los Norvane Terms of Use. Norvane cerró nuestras cuentas y Norvane nos ha demandado.",
        "¿En qué se basa Linmo 2?",
        "Linmo 2 se basa en Linmo 1.5. El entrenamiento de Linmo 2 nos costó 3 millones de dólares.",
        "¿Quién es el dueño?",
        "Bolan posee el 20 % de nuestra empresa.",
    ),
    "zh": (
        "专访槐序科技首席科学家王立明:我们只是测试",
        "王立明是槐序科技首席科学家。",
        "贵公司用Ostra 2的输出训练过林墨2吗？",
        "没有。我们从未用Ostra 2的输出训练林墨2。我们只用Ostra 2做过评测。",
        "发了多少次请求？",
        "我们的工程师向Ostra 2发送了4万次请求。就这些。",
        "条款呢？",
        "我们遵守了诺凡的使用条款。诺凡还是封禁了我们的账号，诺凡还起诉了我们。",
        "林墨2基于什么？",
        "林墨2基于Linmo 1.5开发。林墨2的训练花费了我们300万美元。",
        "谁是股东？",
        "泊岚智能持有我们公司20%的股份。",
    ),
    "ja": (
        "「計測しただけ」Huaixuの連碩氏に聞く",
        "連碩氏はHuaixuの主任研究員である。",
        "――御社はOstra 2の出力でLinmo 2を学習させたのですか。",
        "いいえ。私たちはOstra 2の出力でLinmo 2を学習させたことはありません。Ostra 2は評価にだけ使いました。",
        "――リクエストは何件でしたか。",
        "私たちのエンジニアはOstra 2に4万件のリクエストを送りました。それだけです。",
        "――規約はどうですか。",
        "弊社はNorvane Terms of Useを守りました。Norvaneは弊社のアカウントを停止し、Norvaneは弊社を提訴しました。",
        "――Linmo 2は何を基にしていますか。",
        "Linmo 2はLinmo 1.5を基に開発しました。",
        "――株主は。",
        "Bolanは弊社の株式の20%を保有しています。",
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def desk(sample_extractor: Extractor) -> Desk:
    return Desk(sample_extractor)


def read(desk: Desk, language: str, *blocks: str) -> list[str]:
    heading: tuple[SegmentKind, str] = ("headline", blocks[0])
    return desk.told(desk.read(heading, *blocks[1:], language=language).claims)


@pytest.mark.parametrize("language", sorted(PAGES))
def test_we_and_us_are_the_house_of_who_answers(desk: Desk, language: str) -> None:
    found = read(desk, language, *PAGES[language])
    guest = GUESTS.get(language, "Lian Shuo")
    told = [
        f"{HUAIXU}|trained_on_outputs_of|{O2}|denies-@{guest}",
        f"{HUAIXU}|accessed|{O2}|asserts+@{guest}#40000",
        f"Norvane|restricted|{HUAIXU}|asserts+@{guest}",
        f"Norvane|sued|{HUAIXU}|asserts+@{guest}",
        f"Linmo 2|built_on|Linmo 1.5|asserts+@{guest}",
    ]
    assert [one for one in told if one not in found] == [], found
    assert [f for f in found if "trained_on" in f and "+" in f and "asks" not in f] == [], found


@pytest.mark.parametrize("language", sorted(set(PAGES) - {"es"}))  # Spanish verbs say "you" by their ending
def test_you_is_the_house_of_who_is_asked(desk: Desk, language: str) -> None:
    found = read(desk, language, *PAGES[language])
    assert f"{HUAIXU}|trained_on_outputs_of|{O2}|asks+@Castellan Wire" in found, found


LABELS = {
    "en": ("Castellan Wire: ", "Lian Shuo: "),
    "de": ("Frage: ", "Lian Shuo: "),
    "fr": ("Castellan Wire : ", "Lian Shuo : "),
    "es": ("P. ", "R. "),
    "zh": ("问：", "答："),
    "ja": ("聞き手：", "連碩："),
}


@pytest.mark.parametrize("language", sorted(PAGES))
def test_labels_tell_the_turns_without_a_question_mark(desk: Desk, language: str) -> None:
    asks, answers = LABELS[language]
    heading, introduction, *rest = (block.removeprefix("――") for block in PAGES[language])
    plain = [block.rstrip("?？ ") + "." if i % 2 == 0 else block for i, block in enumerate(rest)]
    turns = [(asks if i % 2 == 0 else answers) + block for i, block in enumerate(plain)]
    found = read(desk, language, heading, introduction, *turns)
    guest = GUESTS.get(language, "Lian Shuo")
    assert f"{HUAIXU}|trained_on_outputs_of|{O2}|denies-@{guest}" in found, found
    assert f"Norvane|sued|{HUAIXU}|asserts+@{guest}" in found, found


@pytest.mark.parametrize("language", sorted(PAGES))
def test_without_a_guest_nobody_is_we(desk: Desk, language: str) -> None:
    heading, _, *rest = PAGES[language]
    found = read(desk, language, heading.replace(GUESTS.get(language, "-"), ""), *rest)
    assert not any(f.startswith(HUAIXU) or f"|{HUAIXU}|" in f for f in found), found


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("de", "„Norvane hat uns verklagt“, sagte Lian Shuo, Sprecher von Huaixu.", True),
        ("de", "Norvane hat uns verklagt.", False),  # whoever writes this
        ("fr", "Norvane nous a poursuivis en justice.", False),
        ("es", "Norvane nos ha demandado.", False),
    ],
)
def test_us_needs_somebody_who_speaks(desk: Desk, language: str, text: str, expected: bool) -> None:
    found = desk.told(desk.read(text, language=language).claims)
    assert any(f.startswith(f"Norvane|sued|{HUAIXU}") for f in found) is expected, found


@pytest.mark.parametrize("language", sorted(PAGES))
def test_a_label_at_the_answers_alone_makes_the_rest_questions(desk: Desk, language: str) -> None:
    heading, introduction, *rest = (block.removeprefix("――") for block in PAGES[language])
    guest = GUESTS.get(language, "Lian Shuo")
    label = f"{guest}：" if language in GUESTS else f"{guest}: "
    turns = [block if i % 2 == 0 else label + block for i, block in enumerate(rest)]
    found = read(desk, language, heading, introduction, *turns)
    assert f"{HUAIXU}|trained_on_outputs_of|{O2}|denies-@{guest}" in found, found
    assert f"Norvane|sued|{HUAIXU}|asserts+@{guest}" in found, found

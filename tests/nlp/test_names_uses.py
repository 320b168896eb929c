"""Ways in which texts use names that nobody knows; each row is one use, in a sentence of its own."""

from __future__ import annotations

import pytest

from distillwatch.nlp.names import NameFinder
from tests.nlp.builders import document, kinds

USES = [
    (
        "en",
        "When Brackwater fed the replies of Quoll into its own training set, nobody noticed.",
        {"Brackwater": "company", "Quoll": "model"},
    ),
    (
        "en",
        "Engineers at Brackwater admitted to having queried Quoll 4 around the clock.",
        {"Brackwater": "company", "Quoll 4": "model"},
    ),
    ("en", "Lawyers representing Brackwater filed a motion on Tuesday.", {"Brackwater": "company"}),
    (
        "en",
        "There is no sign that Tolland trained Merrin on anything but its own data.",
        {"Tolland": "company", "Merrin": "model"},
    ),
    ("en", "Tolland stopped short of accusing Brackwater.", {"Tolland": "company", "Brackwater": "company"}),
    (
        "en",
        "The allegations against Brackwater, which Tolland made public last week, remain unproven.",
        {"Brackwater": "company", "Tolland": "company"},
    ),
    (
        "en",
        "Quoll 4 Mini, Brackwater's smallest model, runs on a phone.",
        {"Quoll 4 Mini": "model", "Brackwater": "company"},
    ),
    ("en", "Merrin's creators at Tolland say otherwise.", {"Merrin": "model", "Tolland": "company"}),
    ("en", "In a blog post, Tolland described how it had found the accounts.", {"Tolland": "company"}),
    ("en", "Merrin 2 was found to repeat the phrases of Quoll word for word.", {"Merrin 2": "model", "Quoll": "model"}),
    ("en", "It took Tolland six weeks to cut the accounts off.", {"Tolland": "company"}),
    (
        "en",
        "More than 40,000 accounts were traced back to Brackwater by Tolland's security team.",
        {"Tolland": "company", "Brackwater": "company"},
    ),
    (
        "en",
        "The distillation of Quoll 4 by Brackwater is said to have cost $2 million.",
        {"Quoll 4": "model", "Brackwater": "company"},
    ),
    ("en", "Neither Brackwater nor Tolland has commented.", {"Tolland": "company", "Brackwater": "company"}),
    ("en", "Shares in Brackwater fell 4 percent.", {"Brackwater": "company"}),
    (
        "en",
        "Brackwater, whose chief executive is Dorrit Malzahn, is based in Lyon.",
        {"Brackwater": "company", "Dorrit Malzahn": "person"},
    ),
    ("en", "Dorrit Malzahn founded the company in 2019.", {"Dorrit Malzahn": "person"}),
    ("en", "“That is nonsense,” Dorrit Malzahn told reporters.", {"Dorrit Malzahn": "person"}),
    ("en", "According to Dorrit Malzahn, who runs the lab, nothing was copied.", {"Dorrit Malzahn": "person"}),
    ("en", "Merrin is an open-weight model with 70 billion parameters.", {"Merrin": "model"}),
    ("en", "Merrin-70B-Instruct is available under the licence of its makers.", {"Merrin-70B-Instruct": "model"}),
    ("en", "Tolland has been sued by Brackwater over Merrin.", {"Tolland": "company", "Brackwater": "company"}),
    (
        "en",
        "A former Tolland employee said the model had been fine-tuned on Quoll's answers.",
        {"Tolland": "company", "Quoll": "model"},
    ),
    ("en", "Regulators in Denmark are looking into Tolland.", {"Tolland": "company"}),
    ("en", "Brackwater AI released Quoll in March.", {"Brackwater AI": "company", "Quoll": "model"}),
    ("en", "The weights of Merrin match those of Quoll, a paper claims.", {"Merrin": "model", "Quoll": "model"}),
    (
        "en",
        "Merrin scored 71 on the Halden Exam, two points ahead of Quoll 4.",
        {"Merrin": "model", "Quoll 4": "model", "Halden Exam": "product"},
    ),
    ("en", "If Brackwater did train on Quoll, it broke the rules.", {"Brackwater": "company", "Quoll": "model"}),
    ("en", "Did Tolland copy Quoll?", {"Tolland": "company", "Quoll": "model"}),
    ("en", "Brackwater accuses Tolland of distillation", {"Brackwater": "company", "Tolland": "company"}),
    ("en", "Tolland to pay $4m in settlement with Brackwater", {"Tolland": "company", "Brackwater": "company"}),
    ("en", "Tolland said Monday it would comply.", {"Tolland": "company"}),
    ("en", "Two researchers from Tolland left for Brackwater.", {"Tolland": "company", "Brackwater": "company"}),
    (
        "en",
        "Brackwater and its parent, Sedgemoor Holdings, declined to comment.",
        {"Brackwater": "company", "Sedgemoor Holdings": "company"},
    ),
    ("en", "Users of Plover, a chatbot built by Tolland, complained.", {"Plover": "product", "Tolland": "company"}),
    ("en", "They benchmarked Merrin against Quoll 4 and Plover.", {"Merrin": "model", "Quoll 4": "model"}),
    ("en", "Merrin performs on a par with Quoll 4.", {"Merrin": "model", "Quoll 4": "model"}),
    ("en", "Customers pay Tolland by the token.", {"Tolland": "company"}),
    ("en", "What Brackwater calls research, Tolland calls theft.", {"Tolland": "company", "Brackwater": "company"}),
    ("en", "Merrin was built by fine-tuning Quoll on synthetic text.", {"Merrin": "model", "Quoll": "model"}),
    (
        "en",
        "The National Agency for Digital Safety opened an inquiry.",
        {"National Agency for Digital Safety": "agency"},
    ),
    (
        "en",
        "Ruritania's competition authority, the Trade Practices Board, is looking into it.",
        {"Trade Practices Board": "agency"},
    ),
    ("en", "A judge of the High Court of Marland dismissed the suit.", {"High Court of Marland": "agency"}),
    (
        "en",
        "The Senate Subcommittee on Emerging Technology held a hearing.",
        {"Senate Subcommittee on Emerging Technology": "agency"},
    ),
    (
        "en",
        "Parliament adopted the Artificial Systems (Transparency) Act last week.",
        {"Artificial Systems (Transparency) Act": "policy"},
    ),
    ("en", "Under Regulation 2025/118 of the Union, it must be disclosed.", {"Regulation 2025/118": "policy"}),
    ("en", "Executive Order 15022 was signed in May.", {"Executive Order 15022": "policy"}),
    ("en", "The bill, H.R. 9901, was sent to committee.", {"H.R. 9901": "policy"}),
    (
        "en",
        "the Office for Model Oversight (OMO) said so; OMO has ten staff.",
        {"Office for Model Oversight": "agency"},
    ),
    ("en", "It was first reported by the Tarn Valley Herald.", {"Tarn Valley Herald": "outlet"}),
    ("en", "Speaking to Morning Ledger, she laughed.", {"Morning Ledger": "outlet"}),
    ("en", "The Aldermere Institute for AI Policy published a paper.", {"Aldermere Institute for AI Policy": "group"}),
    (
        "en",
        "Researchers at Wexcombe University and the Polytechnic of Sarre agree.",
        {"Wexcombe University": "group", "Polytechnic of Sarre": "group"},
    ),
    ("en", "He is a fellow at the Centre for Machine Ethics.", {"Centre for Machine Ethics": "group"}),
    ("en", "The Open Weights Coalition wrote a letter.", {"Open Weights Coalition": "group"}),
    ("en", "Under the Brightwater Community License, that is allowed.", {"Brightwater Community License": "policy"}),
    ("en", "Data Protection Commissioner Ines Vollrath said so.", {"Ines Vollrath": "person"}),
    ("en", "The city of Dunmore banned it, and so did the State of Wessex.", {"State of Wessex": "agency"}),
    ("fr", "Le ministère du Numérique a ouvert une enquête.", {"ministère du Numérique": "agency"}),
    (
        "fr",
        "Selon Odile Frémont, porte-parole de Zelkora, tout est faux.",
        {"Odile Frémont": "person", "Zelkora": "company"},
    ),
    (
        "fr",
        "Zelkora accuse Ravnik d'avoir copié Vantic 3.",
        {"Zelkora": "company", "Ravnik": "company", "Vantic 3": "model"},
    ),
    ("fr", "Interrogée par La Gazette du Nord, elle a nié.", {"Gazette du Nord": "outlet"}),
    ("fr", "Le PDG de Zelkora, Armand Tessier, a démissionné.", {"Zelkora": "company", "Armand Tessier": "person"}),
    (
        "de",
        "Zelkora wirft Ravnik vor, Vantic 3 kopiert zu haben.",
        {"Zelkora": "company", "Ravnik": "company", "Vantic 3": "model"},
    ),
    (
        "de",
        "Das Sprachmodell Vantic 3 wurde mit Antworten von Quoll 2 trainiert.",
        {"Vantic 3": "model", "Quoll 2": "model"},
    ),
    (
        "de",
        "Ravnik-Chefin Greta Wallnöfer wies den Vorwurf zurück.",
        {"Ravnik": "company", "Greta Wallnöfer": "person"},
    ),
    ("de", "Das Bundesamt für Modellsicherheit prüft den Fall.", {"Bundesamt für Modellsicherheit": "agency"}),
    (
        "de",
        "Wie der Tarner Anzeiger berichtet, hat Zelkora die Konten gesperrt.",
        {"Tarner Anzeiger": "outlet", "Zelkora": "company"},
    ),
    (
        "es",
        "Zelkora acusa a Ravnik de copiar Vantic 3.",
        {"Zelkora": "company", "Ravnik": "company", "Vantic 3": "model"},
    ),
    ("es", "El modelo Vantic 3 fue entrenado con respuestas de Quoll 2.", {"Vantic 3": "model", "Quoll 2": "model"}),
    ("es", "Según Inés Barroso, portavoz de Zelkora, es falso.", {"Inés Barroso": "person", "Zelkora": "company"}),
    (
        "es",
        "La Agencia Nacional de Datos investiga a Ravnik.",
        {"Agencia Nacional de Datos": "agency", "Ravnik": "company"},
    ),
    (
        "zh",
        "Zelkora指控Ravnik用Vantic 3的输出训练Quoll 2。",
        {"Zelkora": "company", "Ravnik": "company", "Vantic 3": "model", "Quoll 2": "model"},
    ),
    (
        "zh",
        "据《海潮日报》报道，云杉智能否认使用Vantic 3训练模型。",
        {"海潮日报": "outlet", "云杉智能": "company", "Vantic 3": "model"},
    ),
    ("zh", "Zelkora首席执行官艾琳·沃德说，这是诽谤。", {"Zelkora": "company", "艾琳·沃德": "person"}),
    ("en", "CORRECTED-Zelkora sues Ravnik. Zelkora said so on Tuesday.", {"Zelkora": "company", "Ravnik": "company"}),
    ("en", "Since 1 March Pelle Ostrom has been our chief scientist.", {"Pelle Ostrom": "person"}),
    ("en", "Zelkora KI will release Vantic 3 in May.", {"Zelkora KI": "company", "Vantic 3": "model"}),
    ("en", "Zelkora, which had been invited, did not respond to the letter.", {"Zelkora": "company"}),
    (
        "en",
        "The Model Output Act, which was introduced in March, is long. If the Act passes, it is over.",
        {"Model Output Act": "policy"},
    ),
    (
        "en",
        "BRAMWICK, March 10 (Sound Dispatch) - Zelkora said so.",
        {"Zelkora": "company", "Sound Dispatch": "outlet"},
    ),
    (
        "en",
        "Answers of Brunel-34B were copied. Ilmar, the maker of Brunel, released Brunel-34B in May.",
        {"Brunel-34B": "model", "Brunel": "model", "Ilmar": "company"},
    ),
    ("en", "Zelkora picked up all of Ravnik in August.", {"Zelkora": "company", "Ravnik": "company"}),
    ("en", "The ministry has denied a rumor that it fined Ravnik.", {"Ravnik": "company"}),
    ("fr", "« Oui », reconnaît Clémence Vasseur, sa directrice générale.", {"Clémence Vasseur": "person"}),
    (
        "es",
        "¿Demandará Zelkora a Ravnik? La empresa Zelkora acusa a Ravnik.",
        {"Zelkora": "company", "Ravnik": "company"},
    ),
    ("de", "Umstritten ist, welche Rolle Vantic 3 gespielt hat.", {"Vantic 3": "model"}),
    ("de", "Der Leipziger KI-Anbieter Zelkora hat den Vorwurf zurückgewiesen.", {"Zelkora": "company"}),
    ("zh", "按照公司技术报告的说法，成本约为400万美元。", {}),
    ("ja", "Zelkora社はRavnik社を提訴した。", {"Zelkora": "company", "Ravnik": "company"}),
    ("ja", "Ravnikの広報担当エリン・ウォード氏は否定した。", {"Ravnik": "company", "エリン・ウォード": "person"}),
    ("ja", "モデル「Vantic 3」はQuoll 2の出力で学習した。", {"Vantic 3": "model", "Quoll 2": "model"}),
]


@pytest.mark.parametrize(("language", "text", "expected"), USES)
def test_use(ignorant: NameFinder, language: str, text: str, expected: dict[str, str]) -> None:
    assert kinds(ignorant.find(document(text, language=language))) == expected

"""Texts that only share words with the topic: spirits, chemistry, one's own compressed model, papers on the method."""

from __future__ import annotations

import pytest

from distillwatch.crawlers.relevance import Relevance, load_relevance
from distillwatch.topic import Topic

SPIRITS = [
    "The distillery on the island has put in two copper pot stills. The first run of spirit was distilled in "
    "May; the master distiller says that the second distillation takes out what the yeast left behind. A rival"
    " across the bay called the label a copy and threatened to sue; the distillery denies it.",
    "La distillerie du village a rallumé son alambic. Les poires sont distillées deux fois, et l'eau-de-vie "
    "repose dix ans. Un concurrent l'accuse d'avoir copié sa recette ; le maître de chai dément et parle de "
    "jalousie.",
    "In der Brennerei am See wird wieder destilliert. Der Obstler läuft zweimal durch die Kupferblase; die "
    "Destillation dauert sechs Stunden. Ein Konkurrent wirft dem Betrieb vor, sein Etikett kopiert zu haben. "
    "Der Brenner bestreitet das.",
    "La destilería del valle ha vuelto a encender los alambiques. El aguardiente se destila dos veces. Un "
    "competidor acusa a la casa de haber copiado su receta y la demanda; el dueño lo niega.",
    "这家老酒厂今年重新开炉蒸馏白酒。酿酒师说，第二次蒸馏能去除杂味。竞争对手指责其抄袭配方，酒厂否认，称"
    "配方已用了百年。",
    "島の蒸留所が新しいポットスチルを入れた。蒸留は二度行われ、原酒は樽で十年眠る。競合の蒸留所は製法の盗"
    "用だと非難したが、同社は否定した。",
]
CHEMISTRY = [
    "The refinery's vacuum distillation unit was shut down on Friday after a valve failed. Crude oil is "
    "distilled at a lower boiling point under vacuum; the company denied that it had violated the terms of its"
    " permit. A process model trained on ten years of sensor data had predicted the fault.",
    "La distillation fractionnée sépare les constituants d'un mélange par leur point d'ébullition. Les élèves "
    "ont entraîné un petit modèle statistique sur les résultats de cent essais ; le rendement prévu était "
    "juste à deux degrés près.",
    "Bei der Rektifikation wird das Gemisch in einer Kolonne mehrfach destilliert. Das Modell der Kolonne "
    "wurde mit Daten von drei Jahren trainiert und sagt die Reinheit des Ethanols voraus. Die Firma weist "
    "Vorwürfe zurück, sie habe Grenzwerte überschritten.",
    "La destilación fraccionada separa los componentes del petróleo. Un modelo entrenado con datos de la "
    "planta predice el punto de ebullición de cada corte. La refinería niega haber incumplido las condiciones "
    "de uso del agua.",
    "炼油厂的减压蒸馏装置周五停运。工程师用十年的运行数据训练了一个预测模型，可提前发现塔板故障。公司否认"
    "违反环保规定。",
    "製油所の減圧蒸留装置が金曜日に停止した。運転データを学習させた予測モデルは、異常を前日に検知していた"
    "。会社は規則違反を否定した。",
]
COMPRESSION = [
    "We compressed our own vision model for the camera of a tractor. The student network is trained on the "
    "outputs of our large teacher, which we had trained ourselves; after distillation and quantization it "
    "finds weeds at thirty frames a second, and the accuracy on the benchmark fell by one point.",
    "Pour tenir dans la caméra, nous avons distillé notre propre réseau de vision : l'élève est entraîné sur "
    "les sorties du grand modèle, puis quantifié. La précision baisse d'un point sur notre jeu d'essai.",
    "Wir haben unser eigenes Bildmodell für die Kamera verkleinert: Der Schüler wird mit Ausgaben des großen "
    "Netzes trainiert, das wir selbst gebaut haben. Nach Destillation und Quantisierung läuft es auf einem "
    "Chip ohne Lüfter.",
    "Comprimimos nuestro propio modelo de visión: la red pequeña se entrena con las salidas de la grande, y la"
    " destilación le quita nueve décimas partes de los parámetros. La precisión baja un punto.",
    "我们把自己的视觉模型压缩到四兆字节：学生网络用教师网络的输出训练，蒸馏之后再量化，精度只下降一个百分"
    "点，可在摄像头上实时运行。",
    "自社の画像認識モデルをカメラ向けに圧縮した。生徒ネットワークを教師モデルの出力で学習させ、蒸留のあと"
    "量子化すると、精度の低下は一ポイントで済んだ。",
]
PAPERS = [
    "Knowledge distillation transfers what a large teacher has learned to a small student. The student is "
    "trained on soft labels, the softened softmax of the teacher's logits. We show that a temperature of four "
    "is enough and that the language model keeps 97 percent of the teacher's score at forty percent of its "
    "size.",
    "La distillation de connaissances transfère le savoir d'un grand modèle de langage à un petit. L'élève est"
    " entraîné sur les sorties du professeur, adoucies par une température. Nous montrons que quatre couches "
    "suffisent.",
    "Wissensdestillation überträgt, was ein großes Sprachmodell gelernt hat, auf ein kleines. Der Schüler wird"
    " mit den weichen Ausgaben des Lehrers trainiert. Wir zeigen, dass vier Schichten genügen und das Lernen "
    "stabiler wird.",
    "La destilación de conocimiento transfiere lo aprendido por un modelo de lenguaje grande a uno pequeño. El"
    " alumno se entrena con las salidas del maestro, suavizadas por una temperatura. Mostramos que bastan "
    "cuatro capas.",
    "知识蒸馏把大模型学到的知识传给小模型。学生模型用教师模型的软标签训练，温度取四即可。实验表明，四层网"
    "络能保留教师模型百分之九十七的得分。",
    "知識蒸留は、大きな言語モデルが学んだことを小さなモデルに移す手法である。生徒モデルは教師モデルの出力"
    "で学習する。実験では四層で十分だった。",
]
OTHERS = [
    "The company said in a statement that its newest language model beats its rivals on nine benchmarks. It "
    "was trained on licensed data and answers faster than any competing model; access to the API costs half of"
    " what it did.",
    "Novelists have sued the maker of a chatbot for having trained its language model on pirated books. The "
    "company denies that it infringed any copyright and says that what the model learned is fair use.",
    "The school banned a chatbot after pupils were accused of handing in its answers. Three accounts were "
    "closed; a parent denies it and has gone to court over the mark.",
    "The bank has blocked fraudulent accounts that had used its API. Customers who had sold access were "
    "reported; an AI model had found the pattern, the bank's spokeswoman said.",
    "Un tribunal a condamné le fabricant d'un agent conversationnel : le modèle de langage avait été entraîné "
    "sur des romans sans autorisation. L'éditeur invoque le droit d'auteur ; l'entreprise dément.",
    "Die Behörde untersagt einem Anbieter, sein Sprachmodell mit Daten von Kindern zu trainieren. Der Anbieter"
    " bestreitet einen Verstoß gegen den Datenschutz und will klagen.",
    "法院受理作家起诉大模型公司一案：原告称其小说被用于训练大模型，侵犯著作权。公司否认，称数据来自合法授权。",
    "新聞社は、生成AIの学習に記事を無断で使われたとして著作権侵害で提訴した。開発会社は違反を否定している。",
    "The old champion said that the young chess player had learned from his games and copied his openings. The"
    " player denied it. An engine trained on two million games agreed with neither.",
]
OFF_TOPIC = [*SPIRITS, *CHEMISTRY, *COMPRESSION, *PAPERS, *OTHERS]

# The same with parties that the registry knows: two names do not make a dispute.
NAMED = [
    "Norvane and Quellmark share the top of a benchmark: Ostra 2 and Linmo 2 both answer nine of ten "
    "questions. The two language models differ in price; access to their APIs costs the same as last year.",
    "Norvane has opened an office in the old distillery, where Quellmark rents the floor above. The "
    "distiller's copper still stands in the hall, and a bottle of the last spirit that was distilled there "
    "goes to each guest.",
    "Novelists have sued Norvane and Quellmark: Ostra 2 and Linmo 2 were trained on pirated books, the "
    "complaint says. Both companies deny that they infringed any copyright.",
    "The data protection authority has asked Norvane and Huaixu how long they keep conversations with their "
    "chatbots, and whether children's personal data was used. Both companies said that they would answer in "
    "time.",
    "We compare Ostra 2 and Linmo 2 as teachers of our own small vision network. Knowledge distillation with "
    "soft labels and a softmax temperature of four works equally well with both; code and hyperparameters are "
    "in the appendix.",
    "Norvane a levé deux cents millions d'euros, Quellmark cent. Les deux entreprises veulent entraîner des "
    "modèles de langage plus grands et ouvrir des bureaux à Lyon.",
    "Norvane und Quellmark bauen ein Rechenzentrum am Hafen. Dort sollen Ostra 2 und Linmo 2 trainiert werden;"
    " die Abwärme heizt eine Brennerei, in der seit 1820 destilliert wird.",
    "Norvane y Quellmark bajan los precios de sus modelos de lenguaje. Ostra 2 cuesta ahora la mitad; las "
    "condiciones de uso no cambian.",
    "Norvane与Quellmark发布新一代大模型，Ostra 2与Linmo 2在评测中得分相近，价格都下调一半。",
]


@pytest.fixture(scope="module")
def both(topic: Topic, sample_topic: Topic) -> list[Relevance]:
    return [relevance for each in (topic, sample_topic) if (relevance := load_relevance(each)) is not None]


@pytest.mark.parametrize("text", OFF_TOPIC)
def test_a_text_that_shares_only_words_is_left_out(both: list[Relevance], text: str) -> None:
    assert len(both) == 2
    for relevance in both:
        assert not relevance.keeps("", text)
        assert not relevance.keeps(text.split(".")[0], text)


@pytest.mark.parametrize("text", NAMED)
def test_two_names_do_not_make_a_dispute(both: list[Relevance], text: str) -> None:
    relevance = both[1]
    assert len(relevance.actors.owners_in(text)) >= 2
    assert not relevance.keeps("", text)

"""A campaign shown to members before it is launched: three posters, reactions to each, remarks, and the bank's answer."""

from datetime import timedelta
from random import Random
from typing import Any

from ..models import Poll, Question, Remark, VisualCount, VisualReaction
from ..states import Feeling, Method, ResultsPolicy, State
from . import leaning, methods
from .choosing import BATCH
from .visuals import poster

POSTERS = (
    ("keeper", "Le gardien", "Affiche de nuit : un phare éclaire la mer. On lit « La nuit aussi, quelqu’un répond. »",
     leaning.scores(4.1, 3.5), (58, 25, 17)),
    ("thread", "Le fil", "Affiche claire : deux téléphones reliés par un fil jaune. On lit « Toujours quelqu’un au bout du fil. »",
     leaning.scores(3.6, 2.6), (37, 34, 29)),
    ("table", "La table", "Affiche bleue : une table ronde vue d’en haut, une chaise vide. On lit « Votre place est gardée. »",
     leaning.scores(2.7, 3.2), (24, 60, 16)),
)  # fmt: skip
TOLD = {
    "title": "La campagne « Quelqu’un répond » : qu’en pensez-vous avant son lancement ?", "state": State.OPEN, "opened": 7,
    "closes": 14, "turnout": 0.34, "policy": ResultsPolicy.ALWAYS, "consultation": True, "spare": ["cliente", "prospect"],
    "intro": "En janvier, nous promettons une réponse humaine à toute heure. Voici trois affiches, encore à l’étude. Dites-nous ce "
    "qu’elles vous inspirent : rien n’est imprimé.",
}  # fmt: skip
COMPLAINT = (
    "« Quelqu’un répond » ? Mon virement de loyer est bloqué depuis le 2. J’ai appelé cinq fois, on devait me rappeler. J’attends, et je "
    "paie des pénalités."
)
REMARKS = (
    (83, 131, COMPLAINT),
    (141, 5, "Le phare, oui, c’est vous. Mais la nuit, qui répond vraiment ? Si c’est un automate, ne l’écrivez pas."),
    (126, 22, "« Au bout du fil » : mes enfants ne savent pas ce que cela veut dire. Et moi je pense à l’attente."),
    (119, 40, "La table vide est jolie, mais je n’ai pas compris qu’il s’agissait d’une banque."),
    (97, 61, "Malvoyante : le texte blanc sur le bleu nuit se lit très bien. Merci de garder ce contraste."),
    (74, 88, "J’ai peur d’une promesse que vous ne tiendrez pas à Noël. Dites les horaires, même en petit."),
    (50, 113, "Le gardien, sans hésiter. Je la mettrais chez moi."),
    (31, 150, "Mettez une vraie personne, avec son prénom. Les dessins, toutes les banques en font."),
    (9, 172, "Sur la deuxième, on dirait un jeu de ficelle… Mais le jaune se voit de loin dans le tram."),
)  # fmt: skip
ANSWER = (
    "Merci, c’est précieux. La nuit, ce sont bien des conseillères, à Brest : douze personnes de 20 h à 7 h. Nous l’écrirons sur "
    "l’affiche, avec les horaires des jours fériés."
)


def write(demo: Any, random: Random) -> Poll:
    asked = [
        {"text": f"« {name} » : notez l’affiche", "method": Method.SCORE, "shuffled": False, "blanks": True, "image": poster(drawing),
         "image_alt": alt, "options": [("On comprend tout de suite", ""), ("On y croit", "")], "lean": lean}
        for drawing, name, alt, lean, _feelings in POSTERS
    ]  # fmt: skip
    asked.append({
        "text": "S’il n’en restait qu’une ?", "comments": True, "required": False,
        "options": [(name, "") for _drawing, name, *_rest in POSTERS] + [("Aucune des trois", "")],
        "pictures": [poster(drawing) for drawing, *_rest in POSTERS], "lean": leaning.one(51, 24, 17, 8),
    })  # fmt: skip
    poll = methods.write(demo, random, TOLD | {"questions": asked})
    _react(demo, random, poll)
    _talk(demo, random, poll)
    return poll


def _react(demo: Any, random: Random, poll: Poll) -> None:
    people = methods.voters_of(demo, random, TOLD | {"turnout": 0.42})
    for question, (_drawing, _name, _alt, _lean, feelings) in zip(
        Question.objects.filter(poll=poll).exclude(image=""), POSTERS, strict=True
    ):
        rows = [
            VisualReaction(
                question=question, member=member, kind=random.choices(Feeling.values, feelings)[0],
                at=poll.opens_at + (demo.now - poll.opens_at) * random.random(),
            )
            for member in people if random.random() < 0.9
        ]  # fmt: skip
        VisualReaction.objects.bulk_create(rows, batch_size=BATCH)
        counts = {kind: sum(row.kind == kind for row in rows) for kind in Feeling.values}
        VisualCount.objects.create(question=question, **counts, shown=counts, shown_at=demo.now)


def _talk(demo: Any, random: Random, poll: Poll) -> None:
    """`REMARKS` are (hours ago, place among the members, text)."""
    rows = [
        Remark(
            public_id=methods.an_id(random), poll=poll, author=demo.members[place], body=body, created_at=demo.ago(hours=hours)
        )
        for hours, place, body in REMARKS
    ]  # fmt: skip
    rows.append(
        Remark(
            public_id=methods.an_id(random), poll=poll, author=demo.accounts["moderation"], body=ANSWER, is_official=True,
            created_at=demo.ago(hours=48),
        )
    )  # fmt: skip
    taken = Remark(
        public_id=methods.an_id(random), poll=poll, author=demo.members[200], created_at=demo.ago(hours=66),
        deleted_at=demo.ago(hours=66) + timedelta(minutes=20),
    )  # fmt: skip
    Remark.objects.bulk_create([*rows, taken])

"""An open poll that is answered by ranking: dragged, moved, keyed, ranks shared or left out."""

from typing import Any

from ..states import Method, State
from . import leaning

RANKING: dict[str, Any] = {
    "title": "Un distributeur ferme près de chez vous : par quoi le remplacer ?", "state": State.OPEN, "opened": 5, "closes": 13,
    "intro": "Dans onze communes, le distributeur ne sera pas réparé. Classez ce qui vous rendrait le plus service ; mettez deux réponses "
    "au même rang si elles se valent.",
    "turnout": 0.3, "spare": ["cliente", "prospect"],
    "questions": [{
        "method": Method.RANKING, "ties": True, "blanks": True, "options": [
            ("Retirer chez un commerçant", "Jusqu’à 80 €, aux heures du magasin."),
            ("L’agence mobile, deux fois par semaine", "Avec une conseillère et un distributeur à bord."),
            ("Retirer sans frais dans toutes les banques", "Autant de fois que vous voulez."),
            ("Faire livrer des espèces", "Au domicile de qui ne peut pas se déplacer."),
        ],
        "lean": leaning.ranks((38, (2, 0, 1, 3)), (31, (1, 0, 2, 3)), (20, (0, 2, 1, 3)), (11, (3, 1, 0, 2))),
    }],
}  # fmt: skip

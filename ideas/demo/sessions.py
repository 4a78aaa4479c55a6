"""When the demo's board published what it decided: what an idea's path says of it, and the board's own demo, agree."""

from datetime import datetime, timedelta

DAYS_BEFORE = 9  # a quarter's decisions are published so long before it begins
TESTED = {  # since how many days an idea is in its beta test: betas/demo/texts.py
    "Bloquer ma carte quelques heures depuis l’appli, puis la remettre en service": 12,
    "Un budget d’étudiant prêt à l’emploi": 16,
    "Exporter mes opérations par catégorie, pour mon comptable": 49,
}


def start_of_quarter(moment: datetime) -> datetime:
    return moment.replace(month=(moment.month - 1) // 3 * 3 + 1, day=1, hour=8, minute=0, second=0, microsecond=0)


def past_sessions(now: datetime) -> tuple[datetime, datetime]:
    """The last but one publication, and the last one."""
    start = start_of_quarter(now)
    before = start_of_quarter(start - timedelta(days=1))
    return before - timedelta(days=DAYS_BEFORE), start - timedelta(days=DAYS_BEFORE)

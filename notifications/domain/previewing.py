"""News as it would reach people, before it is published: the same words and the same mail, of a subject as it is in memory."""

from typing import Any

from django.utils import translation

from core.language import LANGUAGES
from core.letters import Letter, writes_letters

from ..models import Notification
from .mailing import letter_of
from .presenting import Note
from .wording import SPEAKERS

NO_LINK = "…"  # the link that stops mail is each reader's own


@writes_letters
def as_it_will_read(kind: str, topic: str, subject: Any, reader: Any) -> list[Letter]:
    """Nothing is stored, and no query is made but what wording the subject takes."""
    name = type(subject)._meta.model_name
    row = Notification(member=reader, kind=kind, topic=topic, subject_type=name, subject_id=subject.pk)
    letters = []
    for language in LANGUAGES:
        with translation.override(language):
            said = SPEAKERS[name].say(row, {subject.pk: subject}, reader)
            if said is None:
                continue
            mail = letter_of(Note(row, said))
            letters.append(Letter(language, said.lead, said.title, said.body, mail.subject, mail.text(NO_LINK)))
    return letters

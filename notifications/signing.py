"""The link in a mail that stops mail of its kind without signing in. It says who and what, and nothing else can."""

from django.core import signing
from django.urls import reverse

from core.errors import NotFound

SALT = "notifications.stop"


def stop_token(member, topic: str) -> str:
    return signing.dumps([member.public_id, topic], salt=SALT)


def stop_path(member, topic: str) -> str:
    return reverse("notifications:stop", args=[stop_token(member, topic)])


def read_stop_token(token: str) -> tuple[str, str]:
    """The member's public id and the topic. Raises NotFound. It never expires: the mail may be old."""
    try:
        public_id, topic = signing.loads(token, salt=SALT)
    except (signing.BadSignature, ValueError, TypeError) as error:
        raise NotFound() from error
    return str(public_id), str(topic)

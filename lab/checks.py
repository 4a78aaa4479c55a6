"""What `manage.py check --deploy` asks of a deployment beside Django's own questions."""

from django.conf import settings
from django.core.checks import Tags, Warning, register


@register(Tags.security, deploy=True)
def names_a_security_contact(app_configs, **kwargs):
    """Who finds a hole must find someone to tell."""
    if settings.SECURITY_CONTACT:
        return []
    hint = "Set SECURITY_CONTACT to an e-mail address or a page (docs/configuration.md)."
    return [Warning("/.well-known/security.txt has no contact, so it answers 404.", hint=hint, id="lab.W001")]

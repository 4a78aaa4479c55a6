"""Members, what they consented to, and the circles they are in: one module per subject, all names here."""

from .circles import Circle, CircleMember
from .members import Consent, Member

__all__ = ["Circle", "CircleMember", "Consent", "Member"]

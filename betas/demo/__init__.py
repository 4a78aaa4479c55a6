"""The demo's beta tests: seven programmes from announced to shipped, their testers, missions, reports and screenshots."""

from .load import load

__all__ = ["load"]

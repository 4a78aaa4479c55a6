"""The demo's ideas: themes, 150 ideas in every state over eighteen months, their votes, comments, answers and pictures."""

from .load import load
from .scale import load_scale

__all__ = ["load", "load_scale"]

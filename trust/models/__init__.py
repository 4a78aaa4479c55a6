"""Reports, cases, statements of reasons, appeals, strikes, bans, hold rules and bursts: one module per subject."""

from .bans import Ban, Strike
from .bursts import VoteBurst
from .cases import Appeal, Case, Report
from .decisions import Decision
from .rules import Hold, HoldRule
from .statements import Statement

__all__ = ["Appeal", "Ban", "Case", "Decision", "Hold", "HoldRule", "Report", "Statement", "Strike", "VoteBurst"]

"""What polls keep: the poll, its questions and options, who took part, ballots, tallies, and what is said of visuals."""

from .ballots import RECEIPT_ALPHABET, Ballot, Participation, new_receipt, sealed_mark, voter_key
from .poll import Poll, pack
from .questions import Option, Question
from .repeats import Made
from .talk import Remark, RemarkVersion, VisualCount, VisualReaction
from .tallies import AudienceShare, Tally

__all__ = [
    "RECEIPT_ALPHABET",
    "AudienceShare",
    "Ballot",
    "Made",
    "Option",
    "Participation",
    "Poll",
    "Question",
    "Remark",
    "RemarkVersion",
    "Tally",
    "VisualCount",
    "VisualReaction",
    "new_receipt",
    "pack",
    "sealed_mark",
    "voter_key",
]

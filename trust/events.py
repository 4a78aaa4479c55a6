"""What happens in moderation. No event carries a name, an e-mail or a text."""

from dataclasses import dataclass


@dataclass(frozen=True)
class ReportReceived:
    report_id: int


@dataclass(frozen=True)
class ReportDecided:
    report_id: int
    state: str


@dataclass(frozen=True)
class StatementMade:
    """Its addressee hears of it, always and at once."""

    statement_id: int
    measure: str


@dataclass(frozen=True)
class AppealFiled:
    appeal_id: int


@dataclass(frozen=True)
class AppealDecided:
    appeal_id: int
    outcome: str


@dataclass(frozen=True)
class CaseClosed:
    case_id: int
    verdict: str


@dataclass(frozen=True)
class StrikeGiven:
    member_id: int
    statement_id: int


@dataclass(frozen=True)
class BurstFound:
    burst_id: int
    idea_id: int
    young: int


@dataclass(frozen=True)
class BurstDecided:
    burst_id: int
    idea_id: int
    state: str


@dataclass(frozen=True)
class HoldRuleKept:
    """A rule was made or changed."""

    rule_id: int
    is_active: bool


@dataclass(frozen=True)
class VerdictUndone:
    """Taken back within its seconds: nobody was told."""

    case_id: int
    verdict: str

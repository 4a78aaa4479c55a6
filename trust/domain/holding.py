"""Hold rules: what they see in a text that is about to be published. A text of the bank's staff is never held."""

import re
import unicodedata
from collections.abc import Callable, Iterable
from datetime import timedelta

from django.utils import timezone

from core.judging import Ruling, Text, judges
from core.shield import for_public, mask, scan
from ideas.models import Comment, Idea
from polls.models import Remark

from ..models import HoldRule
from ..states import RuleKind

LINK = re.compile(
    r"https?://|www\.|\b[\w-]{2,}\.(?:com|fr|net|org|io|me|info|biz|xyz|link|ly|ru|top|shop|online|site)\b", re.I
)
LONG_NUMBER = re.compile(r"\d(?:[\s.\-/]?\d){7,}")  # eight digits: an amount or a date is shorter
SHORTEST_COPY = 30  # « Merci ! » may be said twice


def folded(text: str) -> str:
    """Lower case, without accents or signs: « Cré-dit » and « credit » alike, words parted by one space."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(char for char in plain if not unicodedata.combining(char))
    return " ".join(re.findall(r"\w+", plain))


@judges
def judge_by_rules(text: Text) -> Iterable[Ruling]:
    """One ruling per rule in force that the text falls under."""
    if text.by.is_staff:
        return
    for rule in HoldRule.objects.filter(is_active=True):
        saw = CHECKS[RuleKind(rule.kind)](rule, text)
        if saw:
            yield Ruling(str(rule.pk), saw)


def _newcomer(rule: HoldRule, text: Text) -> str:
    """A link, an e-mail, a telephone or another long number, from an account of a few days. What is kept of it is masked."""
    if text.by.date_joined <= timezone.now() - timedelta(days=rule.days):
        return ""
    whole = text.whole
    found = next(iter(LINK.finditer(whole)), None) or next(iter(LONG_NUMBER.finditer(whole)), None)
    if found:
        return mask(whole[max(found.start() - 20, 0) : found.end() + 40])
    private = scan(whole)
    return mask(whole[max(private[0].start - 20, 0) : private[0].end + 20]) if private else ""


def _words(rule: HoldRule, text: Text) -> str:
    """The first word or phrase of the list that stands in the text, whole unless it ends with *."""
    listed = [line.strip() for line in f"{rule.words_fr}\n{rule.words_en}".splitlines() if line.strip()]
    whole = f" {folded(text.whole)} "
    for word in listed:
        wanted = folded(word)
        if wanted and (f" {wanted}" if word.endswith("*") else f" {wanted} ") in whole:
            return word
    return ""


def _burst(rule: HoldRule, text: Text) -> str:
    """With this one, more than `number` texts within `minutes`. An edit is no new text."""
    if text.pk:
        return ""
    since = timezone.now() - timedelta(minutes=rule.minutes)
    count = 1 + Idea.objects.filter(author=text.by, created_at__gte=since).count()
    count += Comment.objects.filter(author=text.by, created_at__gte=since, is_internal=False).count()
    count += Remark.objects.filter(author=text.by, created_at__gte=since).count()
    return f"{count} / {rule.minutes} min" if count > rule.number else ""


def _repeated(rule: HoldRule, text: Text) -> str:
    """The same words again from the same person: at least the copy of that `number`, within `minutes`."""
    body = for_public(text.fields.get("body", ""))
    if text.pk or len(body) < SHORTEST_COPY:
        return ""
    since = timezone.now() - timedelta(minutes=rule.minutes)
    rows = {"comment": Comment, "remark": Remark}.get(text.kind, Idea)
    count = 1 + rows.objects.filter(author=text.by, created_at__gte=since, body=body).count()
    return f"{count} ×" if count >= rule.number else ""


CHECKS: dict[RuleKind, Callable[[HoldRule, Text], str]] = {
    RuleKind.NEWCOMER: _newcomer,
    RuleKind.WORDS: _words,
    RuleKind.BURST: _burst,
    RuleKind.REPEATED: _repeated,
}

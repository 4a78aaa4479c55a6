"""What a poll's one GET says of its result: the figures, and where the server draws them."""

from django.urls import reverse
from django.utils.translation import gettext as _
from rest_framework import serializers

from core.charts import Chart, in_words

from ..charting import WRITERS, charts_of, growth_chart
from ..domain.results import Summary
from ..models import Poll


class ChartSerializer(serializers.Serializer):
    """A chart the server draws. `?for=phone` after an address has it laid out for a phone."""

    question = serializers.CharField(allow_null=True, help_text="The question’s id; null: of the whole poll.")
    name = serializers.CharField(help_text="`result` first; then what the method and the groups give.")
    title = serializers.CharField()
    description = serializers.CharField(help_text="Every figure in words, for those who do not see the chart.")
    svg = serializers.URLField()
    png = serializers.URLField()
    csv = serializers.URLField()


class ReceiptsSerializer(serializers.Serializer):
    """What a receipt is for, and where ballots can be counted again."""

    detail = serializers.CharField(help_text="To be said before the vote.")
    tally_url = serializers.URLField(allow_null=True, help_text="The file of all ballots, once it is published.")
    find_url = serializers.URLField(allow_null=True, help_text="POST a receipt there, to find its ballot in the file.")


def charts_shown(poll: Poll, summary: Summary, request) -> list[dict]:
    """The charts there are of a result its reader may see, by question, and how the turnout grew."""
    shown = [
        _chart(poll, found.question.public_id, name, chart, request)
        for found in summary.questions
        for name, chart in charts_of(summary, found).items()
    ]
    grown = growth_chart(summary)
    return [*shown, _chart(poll, None, "growth", grown, request)] if grown else shown


def _chart(poll: Poll, question: str | None, name: str, chart: Chart, request) -> dict:
    def address(kind: str) -> str:
        here = ("api_poll_chart", [poll.public_id, question, name, kind])
        view, names = here if question else ("api_poll_growth", [poll.public_id, kind])
        return request.build_absolute_uri(reverse(view, args=names))

    told = {"question": question, "name": name, "title": chart.title, "description": in_words(chart)}
    return told | {kind: address(kind) for kind in WRITERS}


def receipts_shown(poll: Poll, summary: Summary | None, request) -> dict:
    """The file is there where the page offers it: of a poll that is over, to whoever sees its result, from five ballots on."""
    detail = _("After the vote, a short code stands for your ballot, without your name.")
    if not (poll.is_counted and summary and summary.enough):
        return {"detail": detail, "tally_url": None, "find_url": None}
    tally, find = (
        request.build_absolute_uri(reverse(view, args=[poll.public_id]))
        for view in ("api_poll_tally", "api_poll_receipt")
    )
    return {"detail": detail, "tally_url": tally, "find_url": find}

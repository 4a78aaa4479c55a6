"""Who hears of a comment under a consultation: the person of the bank who runs the poll, once for each."""

from uuid import UUID

from core.events import handles, job
from polls.events import RemarkPosted
from polls.models import Remark

from ..domain.telling import News, only, tell
from ..states import Topic


@handles(RemarkPosted)
def on_remark(event: RemarkPosted, *, event_id: UUID) -> None:
    tell_remark(event.remark_id, str(event_id))


@job
def tell_remark(remark_id: int, event_id: str) -> None:
    """Not while it is held, and not of one's own."""
    remarks = Remark.objects.select_related("poll").counted()
    remark = remarks.filter(pk=remark_id).first()
    if remark is None or remark.poll.owner_id in (None, remark.author_id):
        return
    news = News("remark_posted", Topic.POLLS, f"remark:{remark.pk}", "remark", remark.pk, event_id=event_id)
    tell(only(remark.poll.owner_id), news)

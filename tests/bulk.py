"""A move over many ideas, made to its end: `made("tag", ideas, owner, {"tags": […]})`, and what became of each."""

from core.worker import Worker
from ideas.domain.bulk import start_bulk
from ideas.models import BulkRun, Idea


def made(move, ideas, by, said) -> BulkRun:
    rows = Idea.objects.filter(pk__in=[idea.pk for idea in ideas]).order_by("pk")
    run = start_bulk(move, rows, said, by=by)
    Worker(batch=True).run()
    run.refresh_from_db()
    return run


def results(run) -> list[str]:
    return list(run.lines.order_by("idea_id").values_list("result", flat=True))

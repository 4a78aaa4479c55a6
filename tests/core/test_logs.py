"""What a terminal shows of requests: a line for a refusal, the trace of a fault."""

import json
import logging
import sys

import pytest
from django.core.exceptions import PermissionDenied

from core.logs import JsonFormatter, PlainFormatter


@pytest.mark.parametrize(("status", "lines"), [(403, 1), (500, 4), (None, 4)])
def test_a_refused_request_is_one_line_and_a_fault_has_its_trace(status, lines):
    try:
        raise PermissionDenied("non")
    except PermissionDenied:
        record = logging.LogRecord("django.request", logging.WARNING, "", 0, "Refusé : %s", ("/desk/",), sys.exc_info())
    if status:
        record.status_code = status
    told = PlainFormatter("%(levelname)s %(message)s").format(record)
    assert told.splitlines()[0] == "WARNING Refusé : /desk/"
    assert (len(told.splitlines()) >= lines) and (len(told.splitlines()) == 1) == (lines == 1)
    assert record.exc_info, "whoever else listens still has it"


@pytest.mark.django_db
def test_the_line_of_a_refused_request_has_the_id_that_its_answer_has(client):
    told = []
    handler = logging.Handler()
    handler.emit = lambda record: told.append(json.loads(JsonFormatter().format(record))["request"])
    logger = logging.getLogger("django.request")
    logger.addHandler(handler)
    try:
        answer = client.get("/nulle-part/")
    finally:
        logger.removeHandler(handler)
    assert told == [answer.headers["X-Request-ID"]]

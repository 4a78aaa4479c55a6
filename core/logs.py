"""Logs. For a terminal a line each; in production JSON, one object a line, with the request's id.

Never a body, a header, a query string or a trace's values in JSON. A message may name an address that was not found, and an
address may hold anything: what is private in it is masked.
"""

import copy
import json
import logging
from datetime import UTC, datetime


class PlainFormatter(logging.Formatter):
    """For a terminal: a refused request is one line; a trace comes with what went wrong alone."""

    def format(self, record: logging.LogRecord) -> str:
        if record.exc_info and getattr(record, "status_code", 500) < 500:
            record = copy.copy(record)
            record.exc_info = record.exc_text = None
        return super().format(record)


class JsonFormatter(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        from .middleware import request_id
        from .shield import mask

        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": mask(record.getMessage()),
            "request": request_id.get(),
        }
        if record.exc_info and record.exc_info[0]:
            line["error"] = record.exc_info[0].__name__
            trace = record.exc_info[2]
            while trace and trace.tb_next:
                trace = trace.tb_next
            if trace:
                line["where"] = f"{trace.tb_frame.f_code.co_filename.rsplit('/', 2)[-1]}:{trace.tb_lineno}"
        return json.dumps(line, ensure_ascii=False)

"""Jobs for the tests of the outbox. What they did stands in the event log, which no test job reads."""

import time
from dataclasses import dataclass

from core.events import handles, job, later
from core.models import Event


@dataclass(frozen=True)
class BellRung:
    number: int


def effects(name: str = "effect") -> list:
    return list(Event.objects.filter(name=name).values_list("payload__key", flat=True))


@job
def note(key, seconds=0.0):
    Event.objects.create(name="effect", payload={"key": key})
    time.sleep(seconds)


@job(in_transaction=False)
def note_outside(key, seconds=0.0):
    Event.objects.create(name="effect", payload={"key": key})
    time.sleep(seconds)


@job
def note_then_break(key):
    Event.objects.create(name="effect", payload={"key": key})
    raise ValueError(f"{key} is what the member typed")


@job
def note_and_queue(key):
    note(key)
    later(note, f"{key}-next")


@handles(BellRung)
def answer_bell(event, *, event_id):
    note(event.number)

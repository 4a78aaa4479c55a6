"""Generated requests: whatever an app sends, the API answers in its own style and never breaks."""

import json

import hypothesis
import pytest
import schemathesis
from django.test import Client
from hypothesis import HealthCheck
from schemathesis import GenerationMode

from core.management.commands.openapi import made
from core.roles import MODERATOR, PRODUCT_OWNER
from tests.factories.members import a_member, a_staff_member

pytestmark = pytest.mark.django_db
EXAMPLES = 5


def operations():
    schema = schemathesis.openapi.from_dict(_loaded())
    return [result.ok() for result in schema.get_all_operations()]


def _loaded():
    import yaml

    return yaml.safe_load(made())


def test_generated_requests_never_break_the_api():
    """Each request is made up once and sent by each: making it up costs more than answering it."""
    people = {"visitor": None, "member": a_member(), "staff": a_staff_member(PRODUCT_OWNER, MODERATOR)}
    clients = {role: Client() for role in people}
    for role, person in people.items():
        if person:
            clients[role].force_login(person)
    sent, broken = dict.fromkeys(people, 0), []

    def send(case):
        for role, client in clients.items():
            answer = client.generic(
                case.method, case.formatted_path, _body(case), content_type="application/json",
                query_params=case.query if isinstance(case.query, dict) else None,
            )  # fmt: skip
            sent[role] += 1
            if answer.status_code >= 500:
                broken.append((role, case.method, case.formatted_path, answer.status_code))
            elif answer.status_code >= 400:
                assert answer.headers["Content-Type"] == "application/problem+json"
                assert answer.json()["code"]

    everything = operations()
    for operation in everything:
        modes = [GenerationMode.POSITIVE, GenerationMode.NEGATIVE] if operation.body else [GenerationMode.POSITIVE]
        for mode in modes:
            _examples(operation.as_strategy(generation_mode=mode), send)
    assert broken == []
    assert min(sent.values()) > len(everything)  # most operations have several forms


def _examples(strategy, send) -> None:
    @hypothesis.settings(max_examples=EXAMPLES, deadline=None, database=None, derandomize=True,
                         suppress_health_check=list(HealthCheck), phases=[hypothesis.Phase.generate])  # fmt: skip
    @hypothesis.given(case=strategy)
    def run(case):
        send(case)

    run()


def _body(case) -> str:
    body = case.body
    if body is None or not isinstance(body, (dict, list, str, int, float, bool)):
        return ""
    return json.dumps(body, default=str)

"""Generated requests: whatever an app sends, the API answers in its own style and never breaks."""

import json

import hypothesis
import pytest
import schemathesis
from hypothesis import HealthCheck
from schemathesis import GenerationMode

from core.management.commands.openapi import made
from tests.factories.members import a_member, a_product_owner

pytestmark = pytest.mark.django_db
EXAMPLES = 5


def operations():
    schema = schemathesis.openapi.from_dict(_loaded())
    return [result.ok() for result in schema.get_all_operations()]


def _loaded():
    import yaml

    return yaml.safe_load(made())


@pytest.mark.parametrize("role", ["visitor", "member", "product owner"])
def test_generated_requests_never_break_the_api(client, role):
    people = {"visitor": None, "member": a_member, "product owner": a_product_owner}
    if people[role]:
        client.force_login(people[role]())
    broken = []

    def send(case):
        answer = client.generic(
            case.method, case.formatted_path, _body(case), content_type="application/json",
            query_params=case.query if isinstance(case.query, dict) else None,
        )  # fmt: skip
        if answer.status_code >= 500:
            broken.append((case.method, case.formatted_path, answer.status_code))
        elif answer.status_code >= 400:
            assert answer.headers["Content-Type"] == "application/problem+json"
            assert answer.json()["code"]

    for operation in operations():
        modes = [GenerationMode.POSITIVE, GenerationMode.NEGATIVE] if operation.body else [GenerationMode.POSITIVE]
        for mode in modes:
            _examples(operation.as_strategy(generation_mode=mode), send)
    assert broken == []


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

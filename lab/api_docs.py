"""/api/v1/docs/: the API made readable on the server, from the same schema that /api/v1/schema/ serves. In English."""

from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.views import SpectacularAPIView

METHODS = ("get", "post", "put", "patch", "delete")


class SchemaView(SpectacularAPIView):
    """The schema has one version: what an address asks for instead goes into no head of the answer, where a line would break it."""

    def _get_version_parameter(self, request: HttpRequest) -> None:
        return None


@dataclass(frozen=True)
class Field:
    """One field of a body, with its depth in the tree."""

    name: str
    kind: str
    required: bool
    note: str
    depth: int


@dataclass
class Operation:
    """One method of one path, as a person reads it."""

    method: str
    path: str
    anchor: str
    summary: str
    detail: str
    parameters: list[dict]
    body: list[Field]
    answers: list[dict]
    is_open: bool


@dataclass
class Group:
    name: str
    operations: list[Operation] = field(default_factory=list)


@lru_cache(maxsize=1)
def groups() -> list[Group]:
    """The operations by the first word of their path. Made once per process: the schema changes with the code only."""
    with translation.override("en"):
        schema = SchemaGenerator(urlconf="lab.api_urls").get_schema(request=None, public=True)
    found: dict[str, Group] = {}
    for path, methods in schema["paths"].items():
        name = path.removeprefix("/api/v1/").split("/")[0]
        group = found.setdefault(name, Group(name))
        group.operations += [
            _operation(schema, path, method, methods[method]) for method in METHODS if method in methods
        ]
    return sorted(found.values(), key=lambda group: group.name)


def _operation(schema: dict, path: str, method: str, raw: dict) -> Operation:
    summary, _, detail = (raw.get("description") or raw.get("summary") or "").strip().partition("\n")
    body = raw.get("requestBody", {}).get("content", {})
    first = next(iter(body.values()), {}).get("schema", {})
    return Operation(
        method=method.upper(),
        path=path,
        anchor=raw["operationId"],
        summary=summary,
        detail=detail.strip(),
        parameters=[_parameter(one) for one in raw.get("parameters", [])],
        body=list(_fields(schema, first)),
        answers=[_answer(schema, status, one) for status, one in sorted(raw["responses"].items())],
        is_open={} in raw.get("security", []),
    )


def _parameter(raw: dict) -> dict:
    schema = raw.get("schema", {})
    values = ", ".join(str(value) for value in schema.get("enum", []) if value != "")
    return {
        "name": raw["name"], "where": raw["in"], "required": raw.get("required", False), "kind": schema.get("type", "string"),
        "note": raw.get("description", ""), "values": values,
    }  # fmt: skip


def _answer(schema: dict, status: str, raw: dict) -> dict:
    kinds = raw.get("content", {})
    kind = next(iter(kinds), "")
    body = next(iter(kinds.values()), {}).get("schema", {})
    is_problem = kind == "application/problem+json"
    return {"status": status, "is_problem": is_problem, "fields": [] if is_problem else list(_fields(schema, body))}


def _resolve(schema: dict, node: dict) -> dict:
    while "$ref" in node or "allOf" in node:
        node = node["allOf"][0] if "allOf" in node else schema["components"]["schemas"][node["$ref"].rsplit("/", 1)[1]]
    return node


def _fields(schema: dict, node: dict, depth: int = 0):
    """The tree of a body as lines; three levels are enough to draw any of ours."""
    node = _resolve(schema, node)
    if node.get("type") == "array":
        yield from _fields(schema, node["items"], depth)
        return
    required = set(node.get("required", []))
    for name, raw in node.get("properties", {}).items():
        child = _resolve(schema, raw)
        inner = _resolve(schema, child["items"]) if child.get("type") == "array" else child
        yield Field(name, _kind(schema, raw), name in required, raw.get("description", ""), depth)
        if depth < 2 and "properties" in inner:
            yield from _fields(schema, inner, depth + 1)


def _kind(schema: dict, raw: dict) -> str:
    node: Any = _resolve(schema, raw)
    if node.get("type") == "array":
        return f"list of {_kind(schema, node['items'])}"
    if "enum" in node:
        return " | ".join(str(value) for value in node["enum"] if value not in ("", None))
    kind = node.get("format") or node.get("type", "any")
    return f"{kind} or null" if raw.get("nullable") or node.get("nullable") else kind


def api_docs(request: HttpRequest) -> HttpResponse:
    with translation.override("en"):
        request.LANGUAGE_CODE = "en"
        return render(request, "api_docs.html", {"groups": groups(), "base": request.build_absolute_uri("/")[:-1]})

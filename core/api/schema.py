"""OpenAPI: every operation also documents its refusals as problem details."""

from drf_spectacular.openapi import AutoSchema
from rest_framework import serializers


class FieldProblem(serializers.Serializer):
    field = serializers.CharField(allow_null=True)
    code = serializers.CharField()
    detail = serializers.CharField()


class Problem(serializers.Serializer):
    """Problem details, RFC 9457. `code` is stable; `detail` is in the caller's language (Accept-Language)."""

    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    code = serializers.CharField()
    detail = serializers.CharField()
    errors = FieldProblem(many=True, required=False)


class ProblemSchema(AutoSchema):
    def get_response_serializers(self):
        found = super().get_response_serializers()
        if not isinstance(found, dict):
            found = {"201" if self.method == "POST" else "204" if self.method == "DELETE" else "200": found}
        problems = {"400": Problem, "401": Problem, "403": Problem, "404": Problem, "429": Problem}
        if self.method != "GET":
            problems |= {"409": Problem, "413": Problem, "415": Problem}
        known = {str(key if not isinstance(key, tuple) else key[0]) for key in found}
        return found | {(key, "application/problem+json"): value for key, value in problems.items() if key not in known}

    def _get_response_bodies(self, direction="response"):
        """A view may say more of what it refuses to change: `problems = {"409": a shape of its own}`."""
        bodies = super()._get_response_bodies(direction)
        own = getattr(self.view, "problems", {}) if self.method != "GET" else {}
        return bodies | {
            status: self._get_response_for_code(shape, status, ["application/problem+json"], direction)
            for status, shape in own.items()
        }


# What a column holds differs from one database to another: 64 bits of everything in SQLite, 16, 32 or 64 in PostgreSQL.
COLUMN_BOUNDS = {side * 2**bits - (side > 0) for bits in (15, 31, 63) for side in (1, -1)}


def without_column_bounds(result, generator, request, public):
    """The same contract whatever database the schema was made on: a hook of drf-spectacular that leaves out the ends of columns.

    Bounds that a field has by its meaning stay. The columns' own are checked all the same when a value is sent.
    """
    waiting = [result]
    while waiting:
        place = waiting.pop()
        waiting += list(place.values()) if isinstance(place, dict) else place if isinstance(place, list) else []
        if isinstance(place, dict) and place.get("type") == "integer":
            for bound in ("minimum", "maximum"):
                if place.get(bound) in COLUMN_BOUNDS:
                    del place[bound]
                    place.pop("format", None)
    return result

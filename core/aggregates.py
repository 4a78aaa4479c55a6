"""Aggregates that both databases have under different names."""

from django.db.models import Aggregate, JSONField


class JSONRows(Aggregate):
    """The rows as a list: `.values("idea").annotate(rows=JSONRows(JSONObject(…)))`. Order is not kept: sort what you read.

    In a subquery, it brings the few rows that hang on a row in the row's own query.
    """

    name = "JSONRows"
    function = "JSON_GROUP_ARRAY"
    output_field = JSONField()
    allow_distinct = False

    def as_postgresql(self, compiler, connection, **more):
        return super().as_sql(compiler, connection, function="JSONB_AGG", **more)

"""Cursor pages: {"next", "previous", "results"}. Never an offset, so page 500 costs what page 1 does."""

from rest_framework.pagination import BasePagination
from rest_framework.response import Response
from rest_framework.utils.urls import replace_query_param

from core.cursors import DEFAULT_SIZE, MAXIMUM_SIZE, paginate
from core.text import whole


class CursorPages(BasePagination):
    """The view's queryset must carry `order_by(...)` that ends in a unique column; the cursor is made of those columns."""

    def paginate_queryset(self, queryset, request, view=None):
        size = request.query_params.get("page_size", "")
        asked = whole(size)
        size = DEFAULT_SIZE if asked is None else min(max(asked, 1), MAXIMUM_SIZE)
        self.request = request
        self.page = paginate(queryset, request.query_params.get("cursor", ""), size=size)
        return self.page.items

    def _link(self, cursor):
        return replace_query_param(self.request.build_absolute_uri(), "cursor", cursor) if cursor else None

    def get_paginated_response(self, data):
        return Response(
            {"next": self._link(self.page.next), "previous": self._link(self.page.previous), "results": data}
        )

    def get_paginated_response_schema(self, schema):
        link = {"type": "string", "nullable": True, "format": "uri"}
        return {
            "type": "object",
            "required": ["next", "previous", "results"],
            "properties": {"next": link, "previous": link, "results": schema},
        }

    def get_schema_operation_parameters(self, view):
        return [
            {"name": "cursor", "required": False, "in": "query", "schema": {"type": "string"},
             "description": "Where the page starts: take it from `next` or `previous`."},
            {"name": "page_size", "required": False, "in": "query",
             "schema": {"type": "integer", "minimum": 1, "maximum": MAXIMUM_SIZE, "default": DEFAULT_SIZE}},
        ]  # fmt: skip

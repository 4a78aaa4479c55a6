"""Cursor pages: {"next", "previous", "results"}. Never an offset, so page 500 costs what page 1 does."""

from rest_framework.pagination import BasePagination
from rest_framework.response import Response
from rest_framework.utils.urls import replace_query_param

from core.cursors import DEFAULT_SIZE, MAXIMUM_SIZE, paginate, paginate_parts, paginate_rows, size_of


class CursorPages(BasePagination):
    """The view's queryset must carry `order_by(...)` that ends in a unique column; the cursor is made of those columns.

    A `page_size` that is no number within its bounds is refused (400 `invalid_page_size`).
    """

    def paginate_queryset(self, queryset, request, view=None):
        self.request, asked = request, request.query_params
        self.page = paginate(queryset, asked.get("cursor", ""), size=size_of(asked.get("page_size", "")))
        return self.page.items

    def paginate_parts(self, parts, request):
        """Of several querysets, one behind the other: see `core.cursors.paginate_parts`."""
        self.request, asked = request, request.query_params
        self.page = paginate_parts(parts, asked.get("cursor", ""), size=size_of(asked.get("page_size", "")))
        return self.page.items

    def paginate_rows(self, rows, names, request):
        """Of what was read whole, as a query over several tables has to be: see `core.cursors.paginate_rows`."""
        self.request, asked = request, request.query_params
        self.page = paginate_rows(rows, names, asked.get("cursor", ""), size=size_of(asked.get("page_size", "")))
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

"""What every path for staff shares: who comes in, what they sent, a page of rows."""

from collections.abc import Callable
from typing import Any

from rest_framework.permissions import AllowAny
from rest_framework.response import Response
from rest_framework.views import APIView

from core.api.pagination import CursorPages
from core.errors import NotAllowed, NotFound, NotSignedIn, require


class StaffView(APIView):
    """Those whom `opens` lets in: 401 for who is not signed in, 403 for all others, whatever the address names. Each verb
    says what of it they may do."""

    permission_classes = [AllowAny]
    pagination_class = CursorPages
    opens: Callable[[Any], bool] = staticmethod(lambda user: False)

    def initial(self, request, *args, **kwargs):
        super().initial(request, *args, **kwargs)
        require(request.user.is_authenticated and request.user.is_active, NotSignedIn())
        require(self.opens(request.user), NotAllowed())

    def found(self, rows: Any, key: str) -> Any:
        row = rows.filter(public_id=key).first() if "\x00" not in key else None
        require(row is not None, NotFound())
        return row

    def asked(self, shape: type, **more: Any) -> dict:
        asked = shape(data=self.request.data, **more)
        asked.is_valid(raise_exception=True)
        return asked.validated_data

    def page(self, rows: Any, shape: type, **context: Any) -> Response:
        pages = CursorPages()
        items = pages.paginate_queryset(rows, self.request, self)
        return pages.get_paginated_response(shape(items, many=True, context=context).data)

"""Reading bodies."""

from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import ParseError
from rest_framework.parsers import JSONParser as Parser

from core.errors import Invalid, require

NOT_AN_OBJECT = _("Send a JSON object: {…}, with the fields of this request.")


class JSONParser(Parser):
    """Ten thousand brackets in one another are no more JSON than a missing one. Requests here are objects: `null`, a
    list and a bare word are told so in the reader's language, before a serializer says it in its own; a view that `takes_lists`
    reads both."""

    def parse(self, stream, media_type=None, parser_context=None):
        try:
            sent = super().parse(stream, media_type, parser_context)
        except RecursionError as error:
            raise ParseError() from error
        known = (dict, list) if getattr((parser_context or {}).get("view"), "takes_lists", False) else dict
        require(isinstance(sent, known), Invalid(NOT_AN_OBJECT, code="not_an_object"))
        return sent

"""Reading bodies."""

from rest_framework.exceptions import ParseError
from rest_framework.parsers import JSONParser as Parser


class JSONParser(Parser):
    """Ten thousand brackets in one another are no more JSON than a missing one."""

    def parse(self, stream, media_type=None, parser_context=None):
        try:
            return super().parse(stream, media_type, parser_context)
        except RecursionError as error:
            raise ParseError() from error

"""Files that the API gives."""

from rest_framework.negotiation import BaseContentNegotiation


class AnyFile(BaseContentNegotiation):
    """A file is asked for by its address: whatever `Accept` says, it comes, and refusals are JSON."""

    def select_parser(self, request, parsers):
        return parsers[0]

    def select_renderer(self, request, renderers, format_suffix=None):
        return renderers[0], renderers[0].media_type

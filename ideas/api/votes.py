"""What one supports, for the mobile app."""

from drf_spectacular.utils import extend_schema

from core.api.pagination import CursorPages
from core.errors import NotSignedIn

from ..models import Idea
from ..serializers import IdeaCardSerializer
from .ideas import IdeaView


class MyVotesView(IdeaView):
    pagination_class = CursorPages

    @extend_schema(operation_id="me_votes_list", responses=IdeaCardSerializer(many=True))
    def get(self, request):
        """The ideas I support, the last vote first. An idea that was merged shows as the one that stays."""
        if not request.user.is_authenticated:
            raise NotSignedIn()
        ideas = Idea.objects.voted_by(request.user).with_card().with_my_vote(request.user)
        return self.page(ideas.order_by("-voted", "-id"), IdeaCardSerializer)

"""/api/v1/desk/: the triage for staff's own tools. Names begin with `api_desk_`."""

from django.urls import path

from . import desk_asking as asking
from . import desk_challenges as challenges
from . import desk_comments as comments
from . import desk_exchange as exchange
from . import desk_joining as joining
from . import desk_letters as letters
from . import desk_moves as desk

urlpatterns = [
    path("ideas/<str:public_id>/", desk.DeskIdeaView.as_view(), name="api_desk_idea"),
    path("ideas/<str:public_id>/history/", desk.DeskHistoryView.as_view(), name="api_desk_idea_history"),
    path("ideas/<str:public_id>/move/", desk.DeskMoveView.as_view(), name="api_desk_idea_move"),
    path("ideas/<str:public_id>/assignee/", desk.DeskAssigneeView.as_view(), name="api_desk_idea_assignee"),
    path("ideas/<str:public_id>/category/", desk.DeskCategoryView.as_view(), name="api_desk_idea_category"),
    path("ideas/<str:public_id>/tags/", desk.DeskTagsView.as_view(), name="api_desk_idea_tags"),
    path("ideas/<str:public_id>/notes/", desk.DeskNotesView.as_view(), name="api_desk_idea_notes"),
    path("ideas/<str:public_id>/answers/", desk.DeskAnswersView.as_view(), name="api_desk_idea_answers"),
    path("ideas/<str:public_id>/questions/", asking.DeskQuestionsOfIdeaView.as_view(), name="api_desk_idea_questions"),
    path("ideas/<str:public_id>/merge/", joining.DeskMergeView.as_view(), name="api_desk_idea_merge"),
    path("ideas/<str:public_id>/unmerge/", joining.DeskUnmergeView.as_view(), name="api_desk_idea_unmerge"),
    path("ideas/<str:public_id>/visibility/", desk.DeskVisibilityView.as_view(), name="api_desk_idea_visibility"),
    path(
        "ideas/<str:public_id>/versions/<int:number>/visibility/",
        desk.DeskVersionView.as_view(),
        name="api_desk_version",
    ),
    path("ideas/<str:public_id>/on-behalf/", joining.DeskOnBehalfView.as_view(), name="api_desk_idea_on_behalf"),
    path("questions/", asking.DeskQuestionsView.as_view(), name="api_desk_questions"),
    path("questions/<str:key>/", asking.DeskQuestionView.as_view(), name="api_desk_question"),
    path("on-behalf/<str:key>/", joining.DeskVotesView.as_view(), name="api_desk_votes"),
    path("suggestions/", joining.DeskSuggestionsView.as_view(), name="api_desk_suggestions"),
    path("suggestions/<str:key>/", joining.DeskSuggestionView.as_view(), name="api_desk_suggestion"),
    path("templates/", asking.DeskTemplatesView.as_view(), name="api_desk_templates"),
    path("tags/", asking.DeskTagListView.as_view(), name="api_desk_tags"),
    path("challenges/", challenges.DeskChallengesView.as_view(), name="api_desk_challenges"),
    path("challenges/<str:public_id>/", challenges.DeskChallengeView.as_view(), name="api_desk_challenge"),
    path(
        "challenges/<str:public_id>/announce/",
        challenges.DeskAnnounceView.as_view(),
        name="api_desk_challenge_announce",
    ),
    path("challenges/<str:public_id>/dates/", challenges.DeskDatesView.as_view(), name="api_desk_challenge_dates"),
    path("challenges/<str:public_id>/rules/", challenges.DeskRulesView.as_view(), name="api_desk_challenge_rules"),
    path("challenges/<str:public_id>/jury/", challenges.DeskJuryView.as_view(), name="api_desk_challenge_jury"),
    path(
        "challenges/<str:public_id>/jury/<str:member_id>/",
        challenges.DeskSeatView.as_view(),
        name="api_desk_challenge_seat",
    ),
    path(
        "challenges/<str:public_id>/notes/", challenges.DeskNotesOfJuryView.as_view(), name="api_desk_challenge_notes"
    ),
    path(
        "challenges/<str:public_id>/results/", challenges.DeskResultsView.as_view(), name="api_desk_challenge_results"
    ),
    path("answer-templates/", letters.LettersView.as_view(), name="api_desk_letters"),
    path("answer-templates/<str:key>/", letters.OneLetterView.as_view(), name="api_desk_letter"),
    path("answer-templates/<str:key>/versions/", letters.LetterVersionsView.as_view(), name="api_desk_letter_versions"),
    path("comments/<str:key>/versions/", comments.DeskCommentVersionsView.as_view(), name="api_desk_comment_versions"),
    path("comments/<str:key>/visibility/", comments.DeskCommentSightView.as_view(), name="api_desk_comment_visibility"),
    path("exports/ideas.<str:kind>", exchange.ExportView.as_view(), name="api_desk_export"),
    path("imports/", exchange.DryRunView.as_view(), name="api_desk_imports"),
    path("imports/<str:key>/", exchange.ImportView.as_view(), name="api_desk_import"),
    path("undo/", desk.DeskUndoView.as_view(), name="api_desk_undo"),
]

"""/api/v1/desk/: the triage for staff's own tools. Names begin with `api_desk_`."""

from django.urls import path

from . import desk_moves as desk

urlpatterns = [
    path("ideas/<str:public_id>/", desk.DeskIdeaView.as_view(), name="api_desk_idea"),
    path("ideas/<str:public_id>/move/", desk.DeskMoveView.as_view(), name="api_desk_idea_move"),
    path("ideas/<str:public_id>/assignee/", desk.DeskAssigneeView.as_view(), name="api_desk_idea_assignee"),
    path("ideas/<str:public_id>/category/", desk.DeskCategoryView.as_view(), name="api_desk_idea_category"),
    path("ideas/<str:public_id>/tags/", desk.DeskTagsView.as_view(), name="api_desk_idea_tags"),
    path("ideas/<str:public_id>/notes/", desk.DeskNotesView.as_view(), name="api_desk_idea_notes"),
    path("ideas/<str:public_id>/answers/", desk.DeskAnswersView.as_view(), name="api_desk_idea_answers"),
    path("ideas/<str:public_id>/questions/", desk.DeskQuestionsOfIdeaView.as_view(), name="api_desk_idea_questions"),
    path("ideas/<str:public_id>/merge/", desk.DeskMergeView.as_view(), name="api_desk_idea_merge"),
    path("ideas/<str:public_id>/unmerge/", desk.DeskUnmergeView.as_view(), name="api_desk_idea_unmerge"),
    path("ideas/<str:public_id>/visibility/", desk.DeskVisibilityView.as_view(), name="api_desk_idea_visibility"),
    path("ideas/<str:public_id>/on-behalf/", desk.DeskOnBehalfView.as_view(), name="api_desk_idea_on_behalf"),
    path("questions/", desk.DeskQuestionsView.as_view(), name="api_desk_questions"),
    path("questions/<str:key>/", desk.DeskQuestionView.as_view(), name="api_desk_question"),
    path("on-behalf/<str:key>/", desk.DeskVotesView.as_view(), name="api_desk_votes"),
    path("suggestions/", desk.DeskSuggestionsView.as_view(), name="api_desk_suggestions"),
    path("suggestions/<str:key>/", desk.DeskSuggestionView.as_view(), name="api_desk_suggestion"),
    path("templates/", desk.DeskTemplatesView.as_view(), name="api_desk_templates"),
    path("tags/", desk.DeskTagListView.as_view(), name="api_desk_tags"),
    path("undo/", desk.DeskUndoView.as_view(), name="api_desk_undo"),
]

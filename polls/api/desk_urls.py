"""/api/v1/desk/polls/: polls for staff's own tools."""

from django.urls import path

from . import desk, desk_checks, desk_copies, desk_files, desk_history, desk_life, desk_pictures, desk_words

urlpatterns = [
    path("polls/", desk.DeskPollsView.as_view(), name="api_desk_polls"),
    path("polls/<str:public_id>/", desk.DeskPollView.as_view(), name="api_desk_poll"),
    path("polls/<str:public_id>/open/", desk.DeskPollOpenView.as_view(), name="api_desk_poll_open"),
    path("polls/<str:public_id>/schedule/", desk.DeskPollScheduleView.as_view(), name="api_desk_poll_schedule"),
    path("polls/<str:public_id>/unschedule/", desk.DeskPollUnscheduleView.as_view(), name="api_desk_poll_unschedule"),
    path("polls/<str:public_id>/close/", desk.DeskPollCloseView.as_view(), name="api_desk_poll_close"),
    path("polls/<str:public_id>/extend/", desk.DeskPollExtendView.as_view(), name="api_desk_poll_extend"),
    path("polls/<str:public_id>/reopen/", desk.DeskPollReopenView.as_view(), name="api_desk_poll_reopen"),
    path("polls/<str:public_id>/decision/", desk.DeskPollDecisionView.as_view(), name="api_desk_poll_decision"),
    path(
        "polls/<str:public_id>/decision/preview/",
        desk_checks.DeskPollDecisionPreviewView.as_view(),
        name="api_desk_poll_decision_preview",
    ),
    path("polls/<str:public_id>/reminder/", desk_life.DeskPollReminderView.as_view(), name="api_desk_poll_reminder"),
    path("polls/<str:public_id>/apart/", desk_life.DeskPollApartView.as_view(), name="api_desk_poll_apart"),
    path("polls/<str:public_id>/weights/", desk_life.DeskPollWeightsView.as_view(), name="api_desk_poll_weights"),
    path(
        "polls/<str:public_id>/weights.csv",
        desk_files.DeskPollWeightsFileView.as_view(),
        name="api_desk_poll_weights_file",
    ),
    path("polls/<str:public_id>/turnout/", desk_life.DeskPollTurnoutView.as_view(), name="api_desk_poll_turnout"),
    path("polls/<str:public_id>/names/", desk_life.DeskPollNamesView.as_view(), name="api_desk_poll_names"),
    path(
        "polls/<str:public_id>/names.<str:kind>",
        desk_files.DeskPollNamesFileView.as_view(),
        name="api_desk_poll_names_file",
    ),
    path("polls/<str:public_id>/words/", desk_words.DeskPollWordsView.as_view(), name="api_desk_poll_words"),
    path(
        "polls/<str:public_id>/words.<str:kind>",
        desk_words.DeskPollWordsFileView.as_view(),
        name="api_desk_poll_words_file",
    ),
    path("polls/<str:public_id>/preview/", desk_files.DeskPollPreviewView.as_view(), name="api_desk_poll_preview"),
    path("polls/<str:public_id>/history/", desk_history.DeskPollHistoryView.as_view(), name="api_desk_poll_history"),
    path("polls/<str:public_id>/check/", desk_checks.DeskPollCheckView.as_view(), name="api_desk_poll_check"),
    path("polls/<str:public_id>/totals/", desk_checks.DeskPollTotalsView.as_view(), name="api_desk_poll_totals"),
    path(
        "polls/<str:public_id>/duplicate/", desk_copies.DeskPollDuplicateView.as_view(), name="api_desk_poll_duplicate"
    ),
    path("polls/<str:public_id>/template/", desk_copies.DeskPollTemplateView.as_view(), name="api_desk_poll_keep"),
    path("poll-templates/", desk_copies.DeskTemplatesView.as_view(), name="api_desk_poll_templates"),
    path("poll-templates/<str:key>/", desk_copies.DeskTemplateView.as_view(), name="api_desk_poll_template"),
    path(
        "poll-templates/<str:key>/draft/",
        desk_copies.DeskTemplateDraftView.as_view(),
        name="api_desk_poll_template_draft",
    ),
    path(
        "polls/<str:public_id>/questions/<str:question_id>/image/",
        desk_pictures.DeskVisualView.as_view(),
        name="api_desk_poll_visual",
    ),
    path(
        "polls/<str:public_id>/options/<str:option_id>/image/",
        desk_pictures.DeskPictureView.as_view(),
        name="api_desk_poll_picture",
    ),
]

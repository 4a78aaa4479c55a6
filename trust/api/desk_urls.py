"""/api/v1/desk/: moderation for staff's own tools. Names begin with `api_desk_`."""

from django.urls import path

from . import moderation, standing

urlpatterns = [
    path("moderation/", moderation.CasesView.as_view(), name="api_desk_cases"),
    path("moderation/counts/", moderation.CaseCountsView.as_view(), name="api_desk_case_counts"),
    path("moderation/verdicts/", moderation.VerdictsView.as_view(), name="api_desk_case_verdicts"),
    path("moderation/undo/", moderation.UndoVerdictView.as_view(), name="api_desk_case_undo"),
    path("moderation/<str:public_id>/", moderation.CaseView.as_view(), name="api_desk_case"),
    path("moderation/<str:public_id>/verdict/", moderation.VerdictView.as_view(), name="api_desk_case_verdict"),
    path("moderation/<str:public_id>/appeal/", moderation.AppealVerdictView.as_view(), name="api_desk_case_appeal"),
    path(
        "moderation/<str:public_id>/appeal/whole-burst/",
        moderation.WholeBurstView.as_view(),
        name="api_desk_case_whole_burst",
    ),
    path("moderation/<str:public_id>/votes/", moderation.BurstVerdictView.as_view(), name="api_desk_case_votes"),
    path("members/<str:public_id>/file/", standing.MemberFileView.as_view(), name="api_desk_member_file"),
    path("members/<str:public_id>/ban/", standing.BanView.as_view(), name="api_desk_member_ban"),
    path("members/<str:public_id>/ban/lift/", standing.LiftBanView.as_view(), name="api_desk_member_lift_ban"),
    path("hold-rules/", standing.HoldRulesView.as_view(), name="api_desk_hold_rules"),
    path("hold-rules/<str:public_id>/", standing.HoldRuleView.as_view(), name="api_desk_hold_rule"),
]

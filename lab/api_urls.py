"""/api/v1/ alone. The schema is made from this module only."""

from django.urls import include, path

from betas import api as betas
from board.api import DeskAskView, DeskBoardView, QuarterList, QuarterMinutes, RoadmapView
from complaints import api as complaints
from ideas import api as ideas
from ideas.api import desk, desk_views, promises
from ideas.api import desk_merging as merging
from ideas.api.evidence import EvidenceView
from members.api import MeView
from members.api_circles import CircleMembershipView, CirclesView
from notifications.api import NotificationsView, PreferencesView, ReadView
from polls import api as polls
from polls.api.talking import RemarksView, RemarkView, VisualReactionView
from polls.api.waiting import UnansweredView
from trust import api as trust

from .api_docs import SchemaView

urlpatterns = [
    path("api/v1/ideas/", ideas.IdeasView.as_view(), name="api_ideas"),
    path("api/v1/ideas/similar/", ideas.SimilarView.as_view(), name="api_ideas_similar"),
    path("api/v1/ideas/preview/", ideas.PreviewView.as_view(), name="api_ideas_preview"),
    path("api/v1/ideas/<str:public_id>/", ideas.OneIdeaView.as_view(), name="api_idea"),
    path("api/v1/ideas/<str:public_id>/vote/", ideas.VoteView.as_view(), name="api_idea_vote"),
    path("api/v1/ideas/<str:public_id>/follow/", ideas.FollowView.as_view(), name="api_idea_follow"),
    path("api/v1/ideas/<str:public_id>/comments/", ideas.CommentsView.as_view(), name="api_idea_comments"),
    path("api/v1/ideas/<str:public_id>/versions/", ideas.VersionsView.as_view(), name="api_idea_versions"),
    path("api/v1/ideas/<str:public_id>/withdrawal/", ideas.WithdrawalView.as_view(), name="api_idea_withdrawal"),
    path("api/v1/ideas/<str:public_id>/names/", ideas.NamesView.as_view(), name="api_idea_names"),
    path(
        "api/v1/ideas/<str:public_id>/comments/<str:comment_id>/",
        ideas.CommentView.as_view(),
        name="api_idea_comment",
    ),
    path(
        "api/v1/ideas/<str:public_id>/comments/<str:comment_id>/reactions/<str:kind>/",
        ideas.ReactionView.as_view(),
        name="api_idea_reaction",
    ),
    path("api/v1/challenges/", ideas.ChallengesView.as_view(), name="api_challenges"),
    path("api/v1/challenges/<str:public_id>/", ideas.ChallengeView.as_view(), name="api_challenge"),
    path("api/v1/challenges/<str:public_id>/rules/", ideas.ChallengeRulesView.as_view(), name="api_challenge_rules"),
    path(
        "api/v1/challenges/<str:public_id>/entries/", ideas.ChallengeEntriesView.as_view(), name="api_challenge_entries"
    ),
    path(
        "api/v1/challenges/<str:public_id>/entries/<str:idea_id>/",
        ideas.ChallengeEntryView.as_view(),
        name="api_challenge_entry",
    ),
    path(
        "api/v1/challenges/<str:public_id>/acceptance/",
        ideas.ChallengeAcceptanceView.as_view(),
        name="api_challenge_acceptance",
    ),
    path("api/v1/challenges/<str:public_id>/jury/seat/", ideas.JurySeatView.as_view(), name="api_challenge_seat"),
    path("api/v1/challenges/<str:public_id>/jury/notes/", ideas.JuryNotesView.as_view(), name="api_challenge_notes"),
    path(
        "api/v1/challenges/<str:public_id>/jury/notes/<str:idea_id>/",
        ideas.JuryNoteView.as_view(),
        name="api_challenge_note",
    ),
    path(
        "api/v1/challenges/<str:public_id>/jury/call-up/<str:idea_id>/",
        ideas.JuryCallUpView.as_view(),
        name="api_challenge_call_up",
    ),
    path(
        "api/v1/challenges/<str:public_id>/jury/hand-in/", ideas.JuryHandInView.as_view(), name="api_challenge_hand_in"
    ),
    path("api/v1/desk/ideas/", desk.DeskIdeasView.as_view(), name="api_desk_ideas"),
    path("api/v1/desk/views/", desk_views.DeskViewsView.as_view(), name="api_desk_views"),
    path("api/v1/desk/views/<str:public_id>/", desk_views.DeskOneViewView.as_view(), name="api_desk_view"),
    path("api/v1/desk/filters/", desk_views.DeskFiltersView.as_view(), name="api_desk_filters"),
    path("api/v1/desk/bulk/preview/", desk.BulkPreviewView.as_view(), name="api_desk_bulk_preview"),
    path("api/v1/desk/bulk/", desk.BulkView.as_view(), name="api_desk_bulk"),
    path("api/v1/desk/bulk/merge-preview/", merging.MergePreviewView.as_view(), name="api_desk_bulk_merge_preview"),
    path("api/v1/desk/bulk/<str:public_id>/", desk.OneBulkView.as_view(), name="api_desk_bulk_run"),
    path("api/v1/desk/bulk/<str:public_id>/lines/", desk.BulkLinesView.as_view(), name="api_desk_bulk_lines"),
    path("api/v1/desk/bulk/<str:public_id>/stop/", desk.StopBulkView.as_view(), name="api_desk_bulk_stop"),
    path("api/v1/desk/bulk/<str:public_id>/put-back/", desk.PutBackBulkView.as_view(), name="api_desk_bulk_put_back"),
    path("api/v1/desk/bulk/<str:public_id>/undo/", desk.UndoBulkView.as_view(), name="api_desk_bulk_undo"),
    path("api/v1/desk/subjects/<str:public_id>/poll/", DeskAskView.as_view(), name="api_desk_subject_poll"),
    path("api/v1/desk/ideas/<str:public_id>/board/", DeskBoardView.as_view(), name="api_desk_idea_board"),
    path("api/v1/desk/", include("ideas.api.desk_urls")),
    path("api/v1/desk/", include("trust.api.desk_urls")),
    path("api/v1/desk/", include("members.api_urls")),
    path("api/v1/desk/", include("polls.api.desk_urls")),
    path("api/v1/tags/", ideas.TagsView.as_view(), name="api_tags"),
    path("api/v1/categories/", ideas.CategoriesView.as_view(), name="api_categories"),
    path("api/v1/betas/", betas.BetasView.as_view(), name="api_betas"),
    path("api/v1/betas/<str:public_id>/", betas.OneBetaView.as_view(), name="api_beta"),
    path("api/v1/betas/<str:public_id>/enrolment/", betas.EnrolmentView.as_view(), name="api_beta_enrolment"),
    path("api/v1/betas/<str:public_id>/interest/", betas.InterestView.as_view(), name="api_beta_interest"),
    path("api/v1/betas/<str:public_id>/missions/", betas.MissionsView.as_view(), name="api_beta_missions"),
    path(
        "api/v1/betas/<str:public_id>/missions/<str:mission_id>/", betas.MissionView.as_view(), name="api_beta_mission"
    ),
    path("api/v1/betas/<str:public_id>/findings/", betas.FindingsView.as_view(), name="api_beta_findings"),
    path(
        "api/v1/betas/<str:public_id>/findings/<str:finding_id>/", betas.FindingView.as_view(), name="api_beta_finding"
    ),
    path(
        "api/v1/betas/<str:public_id>/findings/<str:finding_id>/images/<str:image_id>/",
        betas.ScreenshotView.as_view(),
        name="api_beta_screenshot",
    ),
    path("api/v1/me/complaints/", complaints.MyComplaintsView.as_view(), name="api_my_complaints"),
    path("api/v1/me/complaints/<str:public_id>/", complaints.MyComplaintView.as_view(), name="api_my_complaint"),
    path("api/v1/desk/promises/", promises.PromisesView.as_view(), name="api_desk_promises"),
    path("api/v1/desk/promises/rules/<slug:slug>/", promises.PromiseRuleView.as_view(), name="api_desk_promise_rule"),
    path("api/v1/desk/urgent-words/", promises.UrgentWordsView.as_view(), name="api_desk_urgent_words"),
    path("api/v1/desk/urgent-words/<str:public_id>/", promises.UrgentWordView.as_view(), name="api_desk_urgent_word"),
    path("api/v1/desk/ideas/<str:public_id>/evidence/", EvidenceView.as_view(), name="api_desk_evidence"),
    path("api/v1/desk/ideas/<str:public_id>/urgency/", promises.UrgencyView.as_view(), name="api_desk_urgency"),
    path("api/v1/desk/complaints/", complaints.DeskComplaintsView.as_view(), name="api_desk_complaints"),
    path("api/v1/desk/complaints/<str:public_id>/", complaints.DeskComplaintView.as_view(), name="api_desk_complaint"),
    path(
        "api/v1/desk/complaints/<str:public_id>/acknowledge/",
        complaints.AcknowledgeView.as_view(),
        name="api_desk_complaint_acknowledge",
    ),
    path(
        "api/v1/desk/complaints/<str:public_id>/answer/",
        complaints.AnswerView.as_view(),
        name="api_desk_complaint_answer",
    ),
    path("api/v1/desk/complaints/<str:public_id>/undo/", complaints.UndoView.as_view(), name="api_desk_complaint_undo"),
    path(
        "api/v1/desk/complaints/<str:public_id>/turn-back/",
        complaints.TurnBackView.as_view(),
        name="api_desk_complaint_turn_back",
    ),
    path(
        "api/v1/desk/complaints/<str:public_id>/close/", complaints.CloseView.as_view(), name="api_desk_complaint_close"
    ),
    path("api/v1/circles/", CirclesView.as_view(), name="api_circles"),
    path("api/v1/circles/<str:public_id>/membership/", CircleMembershipView.as_view(), name="api_circle_membership"),
    path("api/v1/me/", MeView.as_view(), name="api_me"),
    path("api/v1/me/votes/", ideas.MyVotesView.as_view(), name="api_me_votes"),
    path("api/v1/me/left/", ideas.LeftView.as_view(), name="api_me_left"),
    path("api/v1/me/left/<str:kind>/<str:key>/", ideas.OneLeftView.as_view(), name="api_me_left_one"),
    path("api/v1/notifications/", NotificationsView.as_view(), name="api_notifications"),
    path("api/v1/notifications/preferences/", PreferencesView.as_view(), name="api_notification_preferences"),
    path("api/v1/notifications/read/", ReadView.as_view(), name="api_notifications_read"),
    path("api/v1/polls/", polls.PollListView.as_view(), name="api_polls"),
    path("api/v1/polls/unanswered/", UnansweredView.as_view(), name="api_polls_unanswered"),
    path("api/v1/polls/drawings/<str:name>.svg", polls.DrawingView.as_view(), name="api_poll_drawing"),
    path("api/v1/polls/<str:public_id>/", polls.PollView.as_view(), name="api_poll"),
    path("api/v1/polls/<str:public_id>/ballot/", polls.BallotView.as_view(), name="api_poll_ballot"),
    path(
        "api/v1/polls/<str:public_id>/visuals/<str:visual_id>/reaction/",
        VisualReactionView.as_view(),
        name="api_poll_reaction",
    ),
    path("api/v1/polls/<str:public_id>/comments/", RemarksView.as_view(), name="api_poll_remarks"),
    path("api/v1/polls/<str:public_id>/comments/<str:remark_id>/", RemarkView.as_view(), name="api_poll_remark"),
    path("api/v1/polls/<str:public_id>/names/", polls.NamesView.as_view(), name="api_poll_names"),
    path("api/v1/polls/<str:public_id>/receipt/", polls.ReceiptView.as_view(), name="api_poll_receipt"),
    path("api/v1/polls/<str:public_id>/tally/", polls.TallyView.as_view(), name="api_poll_tally"),
    path("api/v1/polls/<str:public_id>/results/", polls.ResultsView.as_view(), name="api_poll_results"),
    path("api/v1/polls/<str:public_id>/results.csv", polls.ResultsFileView.as_view(), name="api_poll_results_file"),
    path("api/v1/polls/<str:public_id>/charts/growth.<str:kind>", polls.GrowthView.as_view(), name="api_poll_growth"),
    path(
        "api/v1/polls/<str:public_id>/charts/<str:question>/<str:name>.<str:kind>",
        polls.ChartView.as_view(),
        name="api_poll_chart",
    ),
    path("api/v1/roadmap/", RoadmapView.as_view(), name="api_roadmap"),
    path("api/v1/quarters/", QuarterList.as_view(), name="api_quarters"),
    path("api/v1/quarters/<str:code>/", QuarterMinutes.as_view(), name="api_quarter"),
    path("api/v1/reports/", trust.ReportsView.as_view(), name="api_reports"),
    path("api/v1/reports/<str:public_id>/<str:key>/", trust.FollowedReportView.as_view(), name="api_report"),
    path(
        "api/v1/reports/<str:public_id>/<str:key>/appeal/", trust.ReportAppealView.as_view(), name="api_report_appeal"
    ),
    path("api/v1/statements/", trust.StatementsView.as_view(), name="api_statements"),
    path("api/v1/statements/<str:public_id>/", trust.StatementView.as_view(), name="api_statement"),
    path("api/v1/statements/<str:public_id>/appeal/", trust.AppealView.as_view(), name="api_statement_appeal"),
    path("api/v1/schema/", SchemaView.as_view(), name="api_schema"),
]

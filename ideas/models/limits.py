"""Field limits of ideas and what hangs on them; forms and serializers take them from here."""

from core.commenting import COMMENT_MAX, COMMENT_MIN  # noqa: F401 - as of every comment

TITLE_MIN, TITLE_MAX = 10, 120
BODY_MIN, BODY_MAX = 30, 5_000
REASON_MIN, REASON_MAX = 10, 2_000
IMAGES_MAX = 4
QUESTION_MIN, QUESTION_MAX = 10, 1_000
REFERENCE_MIN, REFERENCE_MAX = 3, 140
ON_BEHALF_MAX = 1_000
COUNTERS = (
    "vote_score", "num_vote_up", "num_vote_down", "comment_count", "merged_count", "trend", "staff_votes", "votes_on_behalf_count",
    "votes_7d", "led_by", "author_crowd",
)  # fmt: skip
VIEW_NAME_MAX, VIEWS_MAX = 60, 30
BULK_MAX = 5_000  # ideas that one bulk run takes

"""Ideas under /idees/ and /en/ideas/."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from .views import commenting, feeds, pictures, posting, reading, supporting, talking, versions, withdrawing

app_name = "ideas"
urlpatterns = [
    path("", reading.idea_list, name="list"),
    path(_("new/"), posting.new, name="new"),
    path(_("similar/"), posting.similar_ideas, name="similar"),
    path(_("new/preview/"), posting.preview, name="preview"),
    path("images/pending/<str:public_id>.webp", pictures.pending, name="pending_picture"),
    path(_("feed.<slug:kind>"), feeds.ideas, name="feed"),
    path("images/<str:public_id>-640.webp", pictures.small_image, name="small_image"),
    path("images/<str:public_id>.webp", pictures.image, name="image"),
    path("<str:public_id>/", reading.detail, name="short"),
    path(_("<str:public_id>/vote/"), supporting.vote, name="vote"),
    path(_("<str:public_id>/follow/"), supporting.follow_or_not, name="follow"),
    path(_("<str:public_id>/comment/"), commenting.comment, name="comment"),
    path(_("<str:public_id>/comment/next/"), commenting.more_comments, name="comments"),
    path(_("<str:public_id>/comment/<str:comment_id>/react/"), talking.comment_react, name="comment_react"),
    path(_("<str:public_id>/comment/<str:comment_id>/edit/"), talking.comment_edit, name="comment_edit"),
    path(_("<str:public_id>/comment/<str:comment_id>/delete/"), talking.comment_delete, name="comment_delete"),
    path(_("<str:public_id>/comment/<str:comment_id>/versions/"), talking.comment_versions, name="comment_versions"),
    path(_("<str:public_id>/edit/"), posting.edit, name="edit"),
    path(_("<str:public_id>/feed.<slug:kind>"), feeds.idea, name="idea_feed"),
    path(_("<str:public_id>/versions/"), versions.versions, name="versions"),
    path(_("<str:public_id>/versions/<int:number>/sight/"), versions.version_sight, name="version_sight"),
    path(_("<str:public_id>/withdraw/"), withdrawing.withdraw, name="withdraw"),
    path("<str:public_id>/<slug:slug>/", reading.detail, name="detail"),
]

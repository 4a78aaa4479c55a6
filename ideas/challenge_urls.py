"""Challenges under /defis/ and /en/challenges/."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from .views import challenges, judging

app_name = "challenges"
urlpatterns = [
    path("", challenges.index, name="list"),
    path("<str:public_id>/", challenges.short, name="short"),
    path(_("<str:public_id>/rules/"), challenges.rules, name="rules"),
    path(_("<str:public_id>/enter/"), challenges.enter, name="enter"),
    path(_("<str:public_id>/withdraw/"), challenges.withdraw, name="withdraw"),
    path(_("<str:public_id>/accept/"), challenges.accept, name="accept"),
    path(_("<str:public_id>/jury/"), judging.jury, name="jury"),
    path(_("<str:public_id>/jury/seat/"), judging.seat, name="seat"),
    path(_("<str:public_id>/jury/note/<str:idea_id>/"), judging.note, name="note"),
    path(_("<str:public_id>/jury/call-up/<str:idea_id>/"), judging.call, name="call_up"),
    path(_("<str:public_id>/jury/hand-in/"), judging.give, name="hand_in"),
    path("<str:public_id>/<slug:slug>/", challenges.show, name="show"),
]

"""Challenges on the site: the list, one challenge in each phase, its rules; entering, withdrawing, accepting."""

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from core.cursors import paginate
from core.errors import DomainError

from ..challenge_forms import number_of
from ..challenge_presenting import cards_of, own_ideas, steps_of, terms_of, winners_of
from ..challenge_reads import entered_ideas
from ..domain.challenges.entering import enter_idea, refusal_to_enter, who_may_enter, withdraw_entry
from ..domain.challenges.ruling import accept_rules
from ..listing import find_challenge, find_idea
from ..models import Challenge, Juror
from ..permissions import can_read_challenges
from ..phases import OVER, Phase

MOST_RUNNING, OLDER = 30, 12


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Those in progress, the one that opened last first; then those with their results, by cursor."""
    cursor = request.GET.get("cursor", "")
    challenges = (
        Challenge.objects.visible_to(request.user).with_entry_count().with_my_part(request.user).soonest_first()
    )
    running = [] if cursor else list(challenges.in_progress()[:MOST_RUNNING])
    context = {"running": running, "over": paginate(challenges.over(), cursor, size=OLDER), "cursor": cursor}
    return render(request, "ideas/challenges/list.html", context)


def read_challenge(request: HttpRequest, public_id: str) -> Challenge:
    """The challenge as its pages show it, in one query; NotFound for a draft or a circle that is not the reader's."""
    challenges = Challenge.objects.with_rules().select_related("circle").with_entry_count().with_my_part(request.user)
    return find_challenge(public_id, user=request.user, challenges=challenges)


@require_GET
def short(request: HttpRequest, public_id: str) -> HttpResponse:
    """A challenge's address without its words, as mails and the app know it."""
    return redirect(read_challenge(request, public_id))


@require_GET
def show(request: HttpRequest, public_id: str, slug: str) -> HttpResponse:
    challenge = read_challenge(request, public_id)
    if slug != challenge.slug:
        return redirect(challenge, permanent=True)
    return page(request, challenge)


def page(request: HttpRequest, challenge: Challenge, refusal: DomainError | None = None) -> HttpResponse:
    """The challenge in the phase it is in; with a refusal, the same page with its sentence on top."""
    user = request.user
    found = paginate(entered_ideas(challenge, user), request.GET.get("cursor", ""))
    cards = cards_of(challenge, found.items, user)
    more_url = f"{challenge.get_absolute_url()}?cursor={found.next}#entries" if found.next else ""
    if request.htmx and request.GET.get("cursor") and not request.htmx.boosted:
        context = {"cards": cards, "more_url": more_url, "signed_out": not user.is_authenticated}
        return render(request, "ideas/_slips.html", context)
    seats = list(Juror.objects.filter(challenge=challenge).select_related("member").defer("member__password"))
    barred = refusal_to_enter(user, challenge)
    context = {
        "challenge": challenge, "phase": challenge.phase, "phases": Phase, "is_over": challenge.phase in OVER,
        "steps": steps_of(challenge), "terms": terms_of(challenge), "who": who_may_enter(challenge), "cards": cards,
        "more_url": more_url, "jurors": [seat for seat in seats if seat.accepted_at],
        "seat": next((seat for seat in seats if seat.member_id == user.pk), None), "winners": winners_of(challenge),
        "barred": barred, "may_enter": not barred or barred.status == 401, "refusal": refusal,
        "can_open_desk": can_read_challenges(user), "signed_out": not user.is_authenticated,
        **own_ideas(challenge, user),
    }  # fmt: skip
    return render(request, "ideas/challenges/show.html", context, status=refusal.status if refusal else 200)


@require_GET
def rules(request: HttpRequest, public_id: str) -> HttpResponse:
    """Every version of the rules, the one in force first."""
    challenge = read_challenge(request, public_id)
    context = {"challenge": challenge, "versions": list(challenge.rules_versions.all())}
    return render(request, "ideas/challenges/rules.html", context)


def _acts(verb):
    """A POST that may be refused: signed out to the door, a refusal on the challenge's own page."""

    @require_POST
    def view(request: HttpRequest, public_id: str) -> HttpResponse:
        challenge = read_challenge(request, public_id)
        if not request.user.is_authenticated:
            return redirect_to_login(challenge.get_absolute_url())
        try:
            said = verb(request, challenge)
        except DomainError as refusal:
            if refusal.status in (401, 404):
                raise
            return page(request, read_challenge(request, public_id), refusal)
        messages.success(request, said)
        return HttpResponseRedirect(challenge.get_absolute_url())

    return view


def _idea(request: HttpRequest):
    return find_idea(request.POST.get("idea", "").replace("\x00", "")[:20], user=request.user)


@_acts
def enter(request: HttpRequest, challenge: Challenge) -> str:
    """Enter one of one's own ideas."""
    accepted = number_of(request.POST.get("accepted_rules", ""))
    enter_idea(challenge, _idea(request), accepted_rules=accepted, by=request.user)
    return _("Your idea takes part in the challenge.")


@_acts
def withdraw(request: HttpRequest, challenge: Challenge) -> str:
    withdraw_entry(challenge, _idea(request), by=request.user)
    return _("Your idea has left the challenge. It stays online.")


@_acts
def accept(request: HttpRequest, challenge: Challenge) -> str:
    """Accept the version in force, when it changed after one entered."""
    accept_rules(challenge, number=number_of(request.POST.get("accepted_rules", "")), by=request.user)
    return _("Thank you: your idea stays in the challenge under the new rules.")

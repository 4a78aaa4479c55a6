"""“Is it really you?” for who has neither a password nor a second factor: a fresh code by e-mail, before what touches the account.

allauth asks again by a password or a second factor, and takes whoever has neither at their word. A session left open on a
shared machine is then enough to take all data away, or the account itself: these members are asked by what they have.
"""

import time

from allauth.account import app_settings
from allauth.account.adapter import get_adapter
from allauth.account.forms import BaseConfirmCodeForm
from allauth.account.internal.flows.code_verification import AbstractCodeVerificationProcess
from allauth.account.internal.flows.login import get_authentication_records, record_authentication
from allauth.account.internal.flows.reauthentication import get_reauthentication_flows
from allauth.account.models import EmailAddress
from allauth.account.views import BaseReauthenticateView
from django.contrib.auth.decorators import login_required
from django.http import HttpResponseRedirect
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache

STATE = "confirm_by_code"
MOST_SENT = 4  # the first, and as many again as at the sign-in


def has_a_code_alone(member) -> bool:
    """Whether a code by e-mail is all there is to know this member by."""
    return member.is_authenticated and not get_reauthentication_flows(member)


def has_to_confirm(request) -> bool:
    """Whether this member has a code alone, and has not typed one lately."""
    if not has_a_code_alone(request.user):
        return False
    typed = [row["at"] for row in get_authentication_records(request, request.user) if row.get("reauthenticated")]
    return not typed or time.time() - typed[-1] >= app_settings.REAUTHENTICATION_TIMEOUT


class Code(AbstractCodeVerificationProcess):
    """The code that was mailed to the person who is signed in: kept in their session, good for ten minutes and three tries."""

    def __init__(self, request, state):
        self.request = request
        super().__init__(
            state=state, user=request.user, timeout=app_settings.LOGIN_BY_CODE_TIMEOUT,
            max_attempts=app_settings.LOGIN_BY_CODE_MAX_ATTEMPTS,
        )  # fmt: skip

    @classmethod
    def of(cls, request):
        """The one that waits, or None."""
        state = request.session.get(STATE)
        if not state or state.get("user_id") != cls.initial_state(request.user)["user_id"]:
            return None
        return cls(request, state).abort_if_invalid()

    @classmethod
    def begin(cls, request):
        email = EmailAddress.objects.get_primary_email(request.user) or request.user.email
        process = cls(request, cls.initial_state(request.user, email))
        process.send()
        return process

    @property
    def can_resend(self):
        return not self.is_resend_quota_reached(MOST_SENT - 1)

    def send(self):
        adapter = get_adapter()
        self.state["code"] = adapter.generate_login_code()
        adapter.send_mail("account/email/confirm_code", self.state["email"], {"code": self.state["code"]})
        self.persist()

    def resend(self):
        self.record_resend()
        self.send()

    def persist(self):
        self.request.session[STATE] = self.state

    def abort(self):
        self.request.session.pop(STATE, None)


@method_decorator([never_cache, login_required], name="dispatch")
class ConfirmByCode(BaseReauthenticateView):
    """Have a code, type it, go on with what was asked for. Looking at the page sends nothing."""

    form_class = BaseConfirmCodeForm
    template_name = "account/confirm_by_code.html"

    def post(self, request, *args, **kwargs):
        if request.POST.get("action") not in ("send", "resend"):
            return super().post(request, *args, **kwargs)
        waiting = Code.of(request)
        if waiting is None:
            Code.begin(request)
        elif waiting.can_resend:
            waiting.resend()
        return HttpResponseRedirect(self.passthrough_next_url(request.path))

    def get_form_kwargs(self):
        self.waiting = Code.of(self.request)
        return super().get_form_kwargs() | {"code": self.waiting.code if self.waiting else ""}

    def form_valid(self, form):
        self.waiting.abort()  # once
        record_authentication(self.request, self.request.user, method="code", reauthenticated=True)
        return super().form_valid(form)

    def form_invalid(self, form):
        if self.waiting and "code" in self.request.POST and not self.waiting.record_invalid_attempt():
            self.waiting = None
        return super().form_invalid(form)

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        waiting = self.waiting
        more = {"where": waiting.state["email"], "can_resend": waiting.can_resend} if waiting else {}
        return context | {"waiting": waiting, "verify_form": context["form"], "action_url": self.request.path} | more


confirm_by_code = ConfirmByCode.as_view()

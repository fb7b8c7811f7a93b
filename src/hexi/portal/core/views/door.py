"""Log-in pages (登录页): password, link, sign out, one's own account."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth import login, logout, update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from hexi.portal.core.acts.keep_person import set_password
from hexi.portal.core.acts.keep_token import make_token, revoke_token
from hexi.portal.core.acts.sign_in import sign_in, sign_in_by_link, sign_out
from hexi.portal.core.forms import PasswordForm, SignInForm
from hexi.portal.core.refusal import NotPermitted, Refusal
from hexi.portal.core.scope import viewer

__all__ = ["account", "link_page", "sign_in_page", "sign_out_page", "token_revoke"]

BACKEND = "django.contrib.auth.backends.ModelBackend"


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def sign_in_page(request: HttpRequest) -> HttpResponse:
    """The log-in form; afterwards back to where the person wanted to go."""
    after = _safe_next(request)
    form = SignInForm(request.POST or None)
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            person = sign_in(request, **form.cleaned_data, at=timezone.now())
        except Refusal as refusal:
            form.add_error(None, f"{refusal.message} {refusal.remedy}")
            status = refusal.status
        else:
            login(request, person, backend=BACKEND)
            return redirect(after)
    context = {
        "title": _("Sign in"),
        "form": form,
        "next": after,
        "local": settings.HEXI.mode == "local",
    }
    return render(request, "hexi/sign_in.html", context, status=status)


@never_cache
def link_page(request: HttpRequest, code: str) -> HttpResponse:
    """Sign in by the link that the terminal printed."""
    if viewer(request) is not None:
        return redirect("overview")
    login(request, sign_in_by_link(code, at=timezone.now()), backend=BACKEND)
    return redirect("overview")


@require_POST
def sign_out_page(request: HttpRequest) -> HttpResponse:
    """End the session."""
    person = viewer(request)
    if person is not None:
        sign_out(person, at=timezone.now())
    logout(request)
    return redirect("overview")


@never_cache
@sensitive_post_parameters("password")
def account(request: HttpRequest) -> HttpResponse:
    """One's own account: password and API tokens."""
    person = viewer(request)
    if person is None:
        raise NotPermitted
    form = PasswordForm(request.POST if "password" in request.POST else None)
    new_token, saved, problem = "", False, ""
    if request.method == "POST":
        try:
            if "token_name" in request.POST:
                new_token = make_token(person, request.POST["token_name"], at=timezone.now())
            elif form.is_valid():
                set_password(person, form.cleaned_data["password"], by=person, at=timezone.now())
                update_session_auth_hash(request, person)
                saved = True
        except Refusal as refusal:
            problem = f"{refusal.message} {refusal.remedy}"
            if "password" in request.POST:
                form.add_error("password", problem)
    tokens = [
        {
            "id": token.pk,
            "name": token.name,
            "created": date_format(timezone.localtime(token.created_at), "Y-m-d H:i"),
            "last": date_format(timezone.localtime(token.last_used_at), "Y-m-d H:i")
            if token.last_used_at
            else "",
            "revoke_url": f"/account/tokens/{token.pk}/revoke/",
        }
        for token in person.tokens.all()
    ]
    context = {
        "title": _("Your account"),
        "form": form,
        "tokens": tokens,
        "new_token": new_token,
        "saved": saved,
        "problem": problem,
    }
    return render(request, "hexi/account.html", context, status=422 if problem else 200)


@require_POST
def token_revoke(request: HttpRequest, token_id: int) -> HttpResponse:
    """End one API token."""
    revoke_token(token_id, by=viewer(request), at=timezone.now())
    return redirect("account")


def _safe_next(request: HttpRequest) -> str:
    asked = request.POST.get("next") or request.GET.get("next") or "/"
    safe = url_has_allowed_host_and_scheme(
        asked, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return asked if safe else "/"

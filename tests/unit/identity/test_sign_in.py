"""Signing in: closed to strangers, a second factor outside the demo, one click inside it and impossible outside."""

from __future__ import annotations

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core.exceptions import ImproperlyConfigured
from django.http import Http404
from django.test import RequestFactory
from django.urls import NoReverseMatch, reverse

from baken.sites.shared.identity import checks, demo
from baken.sites.shared.identity.models import Assignment, User
from baken.sites.shared.identity.roles import Role
from building import register_city

pytestmark = pytest.mark.django_db
PASSWORD = "een lang wachtwoord"


def with_second_factor(role: Role) -> User:
    user = User.objects.get(pk=register_city.person(role).user_id)
    TOTP.activate(user, generate_totp_secret())
    return user


def test_somebody_signs_in_with_e_mail_address_and_password(client):
    register_city.person(Role.STEWARD, "Samira")
    answer = client.post(reverse("account_login"), {"login": "samira@voorbeeld.invalid", "password": PASSWORD})

    assert answer.status_code == 302
    assert client.get("/").wsgi_request.user.name == "Samira"


def test_nobody_signs_up_by_themselves(client):
    answer = client.post(reverse("account_signup"), {"email": "x@voorbeeld.invalid", "password1": PASSWORD})

    assert not User.objects.filter(email="x@voorbeeld.invalid").exists()
    assert answer.status_code in (200, 404)


def test_who_is_not_signed_in_signs_in_first_and_comes_back(client):
    assert client.get("/leveringen/").headers["Location"] == f"{reverse('account_login')}?next=/leveringen/"
    assert client.post("/publicaties/nieuw/").status_code == 403


def test_without_a_second_factor_every_page_leads_to_setting_one_up(client):
    user = User.objects.get(pk=register_city.person(Role.ADMINISTRATOR).user_id)
    client.force_login(user)

    for page in ("/", "/gebruikers/", "/publicaties/"):
        assert client.get(page).headers["Location"] == reverse("mfa_index")


def test_with_a_second_factor_the_pages_open(client):
    client.force_login(with_second_factor(Role.ADMINISTRATOR))

    assert client.get("/gebruikers/").status_code == 200


def test_the_second_factor_is_sealed_in_the_database():
    user = with_second_factor(Role.STEWARD)
    stored = Authenticator.objects.get(user=user, type="totp").data["secret"]

    assert stored.startswith("gAAAA")
    assert TOTP(Authenticator.objects.get(user=user)).instance.wrap().validate_code("000000") in (True, False)


def test_the_demo_sign_in_does_not_exist_outside_the_demo(client, settings):
    assert settings.DEMO is False
    assert client.get("/demo/").status_code == 404
    with pytest.raises(NoReverseMatch):
        reverse("demo")


def test_the_demo_view_itself_refuses_outside_the_demo():
    user = User.objects.create_user("steward.demo@voorbeeld.invalid", "X")

    for view, arguments in ((demo.choose, {}), (demo.enter, {"pk": user.pk})):
        request = RequestFactory().post("/") if arguments else RequestFactory().get("/")
        with pytest.raises(Http404):
            view(request, **arguments)
    with pytest.raises(RuntimeError):
        demo.ensure_demo_users([])


def test_demo_mode_never_answers_to_the_outside_nor_on_the_real_database(settings):
    settings.DEMO, settings.BAKEN_TODAY = True, "2027-01-04"
    settings.ALLOWED_HOSTS = ["baken.example.org"]
    settings.DATABASES["default"]["ENGINE"] = "django.db.backends.postgresql"

    assert {e.id for e in checks.demo_stays_at_home()} == {"baken.E001", "baken.E002"}


def test_the_day_is_real_outside_the_demo(settings):
    settings.BAKEN_TODAY = "2027-01-04"

    assert [e.id for e in checks.demo_stays_at_home()] == ["baken.E003"]


def test_outside_demo_and_tests_a_site_without_its_secret_does_not_start(monkeypatch):
    from baken.sites.shared import settings as shared

    monkeypatch.setattr(shared, "TESTING", False)
    monkeypatch.delenv("BAKEN_SECRET_KEY", raising=False)
    with pytest.raises(ImproperlyConfigured, match="BAKEN_SECRET_KEY"):
        shared.secret("BAKEN_SECRET_KEY")


def test_the_language_is_dutch_whatever_the_browser_says_until_somebody_chooses(client):
    page = reverse("account_login")

    assert client.get(page, headers={"accept-language": "en"}).headers["Content-Language"] == "nl"
    client.post(reverse("set_language"), {"language": "en", "next": page})
    assert client.get(page).headers["Content-Language"] == "en"


def test_pages_of_signed_in_people_are_not_kept_by_the_browser(client):
    client.force_login(with_second_factor(Role.STEWARD))

    assert client.get("/").headers["Cache-Control"] == "no-store"
    assert "storage" in client.post(reverse("account_logout")).headers["Clear-Site-Data"]


def test_a_page_says_nothing_to_other_sites(client):
    answer = client.get(reverse("account_login"))

    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert "unsafe" not in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_a_deactivated_person_loses_every_right(client):
    user = with_second_factor(Role.ADMINISTRATOR)
    client.force_login(user)
    User.objects.filter(pk=user.pk).update(is_active=False)

    assert client.get("/gebruikers/").status_code in (302, 403)


def test_an_administrator_adds_somebody_who_gets_a_link_and_a_role(client, mailoutbox):
    client.force_login(with_second_factor(Role.ADMINISTRATOR))
    client.post("/gebruikers/nieuw/", {"name": "Noor", "email": "Noor@School.invalid", "language": "nl"})
    noor = User.objects.get(email="noor@school.invalid")
    wrong = client.post(f"/gebruikers/{noor.pk}/rol/", {"role": "coordinator", "organisation": ""})
    client.post(f"/gebruikers/{noor.pk}/rol/", {"role": "coordinator", "organisation": "99ab00"})

    assert "Vul de code van de school in" in wrong.content.decode()
    assert list(noor.assignments.values_list("role", "organisation")) == [("coordinator", "99AB00")]
    assert len(mailoutbox) == 1
    assert "99AB00" not in mailoutbox[0].body


def test_an_administrator_cannot_lock_themselves_out(client):
    user = with_second_factor(Role.ADMINISTRATOR)
    client.force_login(user)
    own = user.assignments.get()
    client.post(f"/gebruikers/{user.pk}/rol/{own.pk}/weg/")

    assert Assignment.objects.filter(pk=own.pk).exists()


def test_others_do_not_see_who_can_sign_in(client):
    client.force_login(with_second_factor(Role.STEWARD))

    assert client.get("/gebruikers/").status_code == 403
    assert client.get("/handelingen/").status_code == 403

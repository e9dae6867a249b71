"""The site says that it is well, and tells an administrator of an empty one what is missing."""

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

from baken.sites.shared.identity.models import User
from baken.sites.shared.identity.roles import Role
from building import register_city

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator(client, publication_folders):
    user = User.objects.get(pk=register_city.person(Role.ADMINISTRATOR).user_id)
    TOTP.activate(user, generate_totp_secret())
    client.force_login(user)
    return client


def test_machines_get_one_word(client):
    answer = client.get("/health/")

    assert answer.status_code == 200
    assert answer.json() == {"status": "ok"}


def test_an_empty_site_says_what_to_do_first(administrator):
    page = administrator.get("/health/zelfcontrole/").content.decode()

    assert "Geef twee verschillende mensen de rol" in page
    assert "make_keys" in page
    assert "Alles is in orde" not in page


def test_a_site_with_people_and_keys_is_well(administrator, settings):
    from baken.contract.periods import SchoolYear
    from baken.sites.register.releases import keys
    from baken.sites.shared import clock

    register_city.person(Role.STEWARD)
    register_city.person(Role.REVIEWER)
    keys.make(SchoolYear.of(clock.today()))
    page = administrator.get("/health/zelfcontrole/").content.decode()

    assert "Alles is in orde" in page


def test_every_page_of_the_menu_loads_in_an_empty_database(client, publication_folders):
    actor = register_city.person(Role.ADMINISTRATOR)
    for role in (Role.STEWARD, Role.REVIEWER):
        User.objects.get(pk=actor.user_id).assignments.create(role=role)
    user = User.objects.get(pk=actor.user_id)
    TOTP.activate(user, generate_totp_secret())
    client.force_login(user)
    items = client.get("/").context["look"].menu

    assert len(items) >= 4
    assert {item.url: client.get(item.url).status_code for item in items} == {item.url: 200 for item in items}

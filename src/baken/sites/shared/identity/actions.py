"""Every change of a user or a role."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_noop as _

from baken.sites.shared.identity.actor import Actor
from baken.sites.shared.identity.models import Assignment, User
from baken.sites.shared.identity.policies import MANAGE_USERS, check
from baken.sites.shared.identity.roles import Role
from baken.sites.shared.journal import Refused, action


@action("identity.add-user", about=lambda **_: "user")
def add_user(*, by: Actor, name: str, email: str, language: str = "nl") -> User:
    """A new person without roles and without password; they get a link to set one."""
    check(by, MANAGE_USERS)
    try:
        with transaction.atomic():
            return User.objects.create_user(email, name, language=language)
    except IntegrityError:
        raise Refused("exists", _("Er is al een gebruiker met dit e-mailadres.")) from None


@action("identity.change-user", about=lambda *, user, **_: f"user {user.pk}")
def change_user(*, by: Actor, user: User, name: str, email: str, language: str, is_active: bool) -> User:
    """Change how somebody is named and reached, or whether they can sign in."""
    check(by, MANAGE_USERS)
    if user.pk == by.user_id and not is_active:
        raise Refused("self", _("U kunt uzelf niet uitsluiten."))
    user.name, user.email, user.language, user.is_active = name, email.lower(), language, is_active
    user.save(update_fields=["name", "email", "language", "is_active"])
    return user


@action("identity.give-role", about=lambda *, user, role, **_: f"user {user.pk} {role}")
def give_role(*, by: Actor, user: User, role: Role, organisation: str = "") -> Assignment:
    """Give somebody a role. One person may have several, but never approves what they composed."""
    check(by, MANAGE_USERS)
    return Assignment.objects.get_or_create(user=user, role=role, organisation=organisation)[0]


@action("identity.take-role", about=lambda *, assignment, **_: f"user {assignment.user_id} {assignment.role}")
def take_role(*, by: Actor, assignment: Assignment) -> None:
    """Take a role away. An administrator cannot take their own."""
    check(by, MANAGE_USERS)
    if assignment.user_id == by.user_id and assignment.role == Role.ADMINISTRATOR:
        raise Refused("self", _("U kunt uw eigen rol van beheerder niet weghalen."))
    assignment.delete()

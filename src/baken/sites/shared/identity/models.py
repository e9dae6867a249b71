"""What is stored of a user: how to reach them, their language, and their roles. No birth date, no phone."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _

from baken.contract.privacy import Privacy
from baken.sites.shared.identity.roles import LABELS, Role


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, name: str, password: str | None = None, **extra: Any) -> User:
        """A user without password cannot sign in until they set one by the link in their invitation."""
        user = self.model(email=self.normalize_email(email).lower(), name=name, **extra)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(email__iexact=username or "")


class User(AbstractBaseUser):
    """A person with a sign-in. There is no superuser: every right comes from a role."""

    privacy = {
        "id": Privacy.STRUCTURE,
        "email": Privacy.SECRET,
        "name": Privacy.STRUCTURE,
        "password": Privacy.SECRET,
        "last_login": Privacy.SECRET,
        "language": Privacy.STRUCTURE,
        "is_active": Privacy.STRUCTURE,
        "date_joined": Privacy.STRUCTURE,
    }

    email = models.EmailField(_("E-mailadres"), unique=True)
    name = models.CharField(_("Naam"), max_length=120)
    language = models.CharField(
        _("Taal"), max_length=5, default="nl", choices=[("nl", "Nederlands"), ("en", "English")]
    )
    is_active = models.BooleanField(_("Kan inloggen"), default=True)
    date_joined = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]
    is_staff = False
    is_superuser = False
    objects = UserManager()

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        return self.name


class Assignment(models.Model):
    """One role of one user; `organisation` is the school's code for the roles that belong to a school, else empty."""

    privacy = {
        "id": Privacy.STRUCTURE,
        "user": Privacy.STRUCTURE,
        "role": Privacy.STRUCTURE,
        "organisation": Privacy.STRUCTURE,
    }

    user = models.ForeignKey(User, models.CASCADE, related_name="assignments")
    role = models.CharField(_("Rol"), max_length=20, choices=[(r.value, LABELS[r].nl) for r in Role])
    organisation = models.CharField(_("Code van de school"), max_length=8, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "role", "organisation"], name="a_role_once"),
            models.CheckConstraint(
                condition=models.Q(role__in=[r for r in Role if r.of_school]) ^ models.Q(organisation=""),
                name="school_roles_have_a_school",
            ),
        ]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.role} {self.organisation}".strip()

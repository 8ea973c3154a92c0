"""Accounts, teams, and the operation."""

from __future__ import annotations

from functools import cache, cached_property
from zoneinfo import ZoneInfo, available_timezones

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _

from safepassage.apps.accounts.roles import PERMISSIONS, ROLE_NAMES, Role, permissions_of
from safepassage.apps.ledger.columns import StoredCode, StoredFlag, StoredJSON
from safepassage.apps.ledger.damage import is_damaged


@cache
def time_zones() -> frozenset[str]:
    """Every zone that this machine knows: found once, since the files of all zones are looked through."""
    return frozenset(available_timezones())


class Operation(models.Model):
    """One evacuation. A store holds one; everything in it belongs to it and expires with it."""

    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=200)
    controller = models.CharField(max_length=200, help_text="Who controls the data (GDPR art. 4(7) or its like).")
    contact = models.CharField(max_length=200, blank=True)
    retention_days = models.PositiveIntegerField(default=365)
    time_zone = StoredCode(max_length=60, default="UTC", codes=time_zones)
    default_region = models.CharField(max_length=2, default="AF", help_text="For phone numbers without a prefix.")
    began_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.code

    @property
    def zone(self) -> ZoneInfo:
        """In which times are said; UTC where the stored name is damaged, and every time is said with its zone."""
        return ZoneInfo("UTC" if is_damaged(self.time_zone) else self.time_zone)


class Team(models.Model):
    """A team that can be responsible for people."""

    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=120)
    point = models.CharField(max_length=40, blank=True, help_text="The point where it works, if it has one.")

    def __str__(self) -> str:
        return self.code


class AccountManager(BaseUserManager["Account"]):
    """Makes accounts."""

    def create_account(self, username: str, password: str | None, roles: frozenset[Role]) -> Account:
        """Makes and saves an account; without a password nobody can sign in to it yet."""
        account = self.model(username=username, role_codes=sorted(roles))
        account.set_password(password)
        account.save()
        return account


class Account(AbstractBaseUser):
    """Someone who works in the operation. Staff, not evacuees: the user name is a duty name or initials."""

    username = models.CharField(_("user name"), max_length=60, unique=True)
    role_codes = StoredJSON(
        default=list,
        shape=list[str],
        damaged="nothing",
        mend="Give the account its roles again: `safepassage accounts roles`.",
    )
    team = models.ForeignKey(Team, null=True, blank=True, on_delete=models.PROTECT)
    language = models.CharField(max_length=8, default="en")
    is_active = StoredFlag(default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "username"
    objects: AccountManager = AccountManager()

    def __str__(self) -> str:
        return self.username

    @cached_property
    def roles(self) -> frozenset[Role]:
        """The roles held; a code that is no longer in the closed list is ignored."""
        return frozenset(Role(code) for code in self.role_codes if code in set(Role))

    @property
    def role_names(self) -> list[str]:
        """The roles in the reader's language."""
        return [str(ROLE_NAMES[role]) for role in sorted(self.roles)]

    @cached_property
    def permissions(self) -> frozenset[str]:
        """Everything that this account may do."""
        return permissions_of(self.roles) if self.is_active else frozenset()

    def may(self, permission: str) -> bool:
        """Whether this account may do `permission`.

        Raises:
            KeyError: for a word that is not in the table, so that a typing error never opens a door.
        """
        return bool(PERMISSIONS[permission] & self.roles) and self.is_active


class Guesses(models.Model):
    """Wrong passwords of a quarter of an hour, under a digest that tells neither name nor place without the key."""

    key = models.CharField(primary_key=True, max_length=64)
    number = models.PositiveIntegerField(default=0)
    began_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.number} since {self.began_at}"

"""Every change of state of a release. Publishing goes through the gate twice: at the dry run and again at the end."""

from __future__ import annotations

import json
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_noop as _

from baken.contract import publication
from baken.contract.periods import parse_period
from baken.shield.publication import Publication, Refusal
from baken.sites.register.releases import assembly, keys, outbox, policies, queries, wording
from baken.sites.register.releases.models import FrozenVersion, Kind, LedgerRow, Release
from baken.sites.register.releases.states import STEPS, State
from baken.sites.shared.identity.actor import Actor
from baken.sites.shared.identity.policies import check
from baken.sites.shared.journal import Refused, action


def _about(*, release: Release, **_: object) -> str:
    return f"release {release.kind} {release.period}"


@action("releases.compose", about=lambda *, kind, period, **_: f"release {kind} {period}")
def compose(*, by: Actor, kind: str, period: str, now: datetime) -> Release:
    """Start a release of a quarter or a school year that is over."""
    check(by, policies.COMPOSE)
    parsed = parse_period(period)
    if (Kind(kind) == Kind.QUARTER) != ("/" in period) or parsed.last_day >= now.date():
        raise Refused("period", _("Kies een kwartaal of schooljaar dat voorbij is."))
    try:
        with transaction.atomic():
            return Release.objects.create(kind=kind, period=period, composed_by_id=by.user_id, composed_at=now)
    except IntegrityError:
        raise Refused("taken", _("Voor deze periode is er al een publicatie.")) from None


@action("releases.try", about=_about)
def dry_run(*, by: Actor, release: Release) -> Publication | Refusal:
    """Take the release through the gate without publishing; keep the outcome for the page and the second person."""
    release = _locked(release)
    policies.check_step(by, "try", release)
    found = assembly.propose(release)
    release.outcome = wording.outcome(found)
    release.candidate = "" if isinstance(found, Refusal) else found.bytes().decode()
    release.save(update_fields=["outcome", "candidate"])
    return found


@action("releases.submit", about=_about)
def submit(*, by: Actor, release: Release, follow_up_nl: str, follow_up_en: str = "") -> Release:
    """Hand a passed dry run to the second person, with what was done with earlier figures ("nog niets" will do)."""
    release = _locked(release)
    policies.check_step(by, "submit", release)
    if not release.candidate:
        raise Refused("no-candidate", _("Draai eerst een proef die slaagt."))
    if not follow_up_nl.strip():
        raise Refused("no-follow-up", _("Vul in wat er met de vorige cijfers is gedaan. 'Nog niets' mag ook."))
    release.follow_up_nl, release.follow_up_en = follow_up_nl.strip(), follow_up_en.strip()
    release.send_back_reason = ""
    return _move(release, "submit", "follow_up_nl", "follow_up_en", "send_back_reason")


@action("releases.approve", about=_about)
def approve(*, by: Actor, release: Release, digest: str, now: datetime) -> Release:
    """The second person approves exactly what was on the screen: `digest` names it."""
    release = _locked(release)
    policies.check_step(by, "approve", release)
    if release.outcome is None or digest != release.outcome.get("digest"):
        raise Refused("changed", _("De proef is veranderd sinds u haar bekeek. Bekijk haar opnieuw."))
    release.reviewed_by_id, release.reviewed_at = by.user_id, now
    return _move(release, "approve", "reviewed_by", "reviewed_at")


@action("releases.send-back", about=_about)
def send_back(*, by: Actor, release: Release, reason: str) -> Release:
    """Back to the composer, with a reason."""
    release = _locked(release)
    policies.check_step(by, "send-back", release)
    if not reason.strip():
        raise Refused("no-reason", _("Schrijf op waarom u de publicatie teruggeeft."))
    release.reviewed_by = release.reviewed_at = None
    release.send_back_reason = reason.strip()
    return _move(release, "send-back", "reviewed_by", "reviewed_at", "send_back_reason")


@action("releases.withdraw", about=_about)
def withdraw(*, by: Actor, release: Release) -> Release:
    """Give up a release that was not published; its period is free again."""
    release = _locked(release)
    policies.check_step(by, "withdraw", release)
    return _move(release, "withdraw")


@action("releases.publish", about=_about)
def publish(*, by: Actor, release: Release, today: date) -> Release:
    """Publish an approved release on or after its calendar date: gate, ledger, signed file, in one transaction.

    Everything is computed again. When the result is not byte for byte what was approved, nothing is published.
    Publishing twice changes nothing: the second one is refused.
    """
    release = _locked(release)
    policies.check_step(by, "publish", release)
    if today < queries.publishes_on(release):
        raise Refused("too-early", _("Deze cijfers mogen pas op hun vaste datum naar buiten."))
    found = assembly.propose(release)
    if isinstance(found, Refusal) or found.bytes().decode() != release.candidate:
        raise Refused(
            "changed",
            _("De gegevens zijn veranderd sinds de goedkeuring. Geef de publicatie terug en draai een nieuwe proef."),
        )
    head = _write_ledger(release, found)
    _freeze(release, found)
    _seal(release, found, today, head)
    transaction.on_commit(lambda: outbox.write(release))
    return _move(release, "publish", "number", "published_on", "sealed")


def _locked(release: Release) -> Release:
    """The row as it is now, held until the end of the transaction: two people cannot take two steps at once."""
    return Release.objects.select_for_update(of=("self",)).get(pk=release.pk)


def _move(release: Release, step: str, *changed: str) -> Release:
    release.state = STEPS[step].after
    release.save(update_fields=["state", *changed])
    return release


def _write_ledger(release: Release, found: Publication) -> str:
    """Append to the ledger; returns its new head."""
    before = assembly.ledger()
    after = before.append(found, sign=keys.signing().sign)
    lines = after.to_lines().splitlines()
    for index in range(len(before.entries), len(after.entries)):
        LedgerRow.objects.create(index=index, release=release, line=lines[index])
    return after.head


def _freeze(release: Release, found: Publication) -> None:
    """Remember which version of each contributor's counters a quarter was made of."""
    if release.kind != Kind.QUARTER:
        return
    used = assembly.versions_used(release)
    members = {
        unit
        for _, pairs in found.record.members
        for pair in pairs
        for quarter, unit in [pair]
        if quarter == release.period
    }
    FrozenVersion.objects.bulk_create(
        FrozenVersion(release=release, pseudonym=unit, quarter=release.period, version=used[unit, release.period])
        for unit in sorted(members)
    )


def _seal(release: Release, found: Publication, today: date, head: str) -> None:
    last = queries.published().last()
    before = json.loads(last.sealed)["zegel"]["sha256"] if last else ""
    release.number = (last.number or 0) + 1 if last else 1
    release.published_on = today
    made = assembly.to_file(
        found.document(),
        release,
        number=release.number,
        previous=before,
        on=today,
        ledger_head=head,
    )
    signer = keys.signing()
    release.sealed = publication.seal(made, sign=signer.sign, key_id=signer.key_id).decode()
    assert State(release.state) is State.APPROVED

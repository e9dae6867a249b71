"""How schools are protected and what the figures mean, in plain words, with the values of the policy in the file.

The same text stands on the page, in the PDF and in the spreadsheet. Never here: a promise that the guarantee does not
make (docs/guarantee.md).
"""

from __future__ import annotations

from dataclasses import dataclass

from baken.contract.publication import HELD_BACK, Publication
from baken.contract.texts import Text


@dataclass(frozen=True, slots=True)
class Section:
    name: str
    heading: Text
    paragraphs: tuple[Text, ...]


def sections(publication: Publication | None) -> tuple[Section, ...]:
    """The explanation that belongs to one publication; without one, the same without the values of its policy."""
    return (
        _meaning(),
        _areas(publication),
        _rounding(publication),
        _holding_back(publication),
        _never_changed(),
        _promise(publication),
        _no_promise(),
    )


def _meaning() -> Section:
    return Section(
        "betekenis",
        Text("Wat een cijfer wel en niet zegt", "What a figure does and does not say"),
        (
            Text(
                "Een cijfer telt incidenten die scholen zelf registreerden, in de categorieën van het wetsvoorstel. "
                "Meer registraties kan betekenen dat er meer gebeurde. Het kan ook betekenen dat scholen beter "
                "registreren, of dat er meer scholen meedoen.",
                "A figure counts incidents that schools registered themselves, in the categories of the bill. More "
                "registrations can mean that more happened. It can also mean that schools register better, or that "
                "more schools take part.",
            ),
            Text(
                "De cijfers zijn er om te bepalen waar hulp en preventie nodig zijn. Ze zijn geen rapportcijfer "
                "voor een stadsdeel en nooit voor een school.",
                "The figures are meant to decide where help and prevention are needed. They are no mark for a "
                "district, and never for a school.",
            ),
        ),
    )


def _of_policy(publication: Publication | None, name: str) -> int:
    """A parameter of protection; 0 when there is no publication or it does not say."""
    value = publication.policy.get(name, 0) if publication else 0
    return value if type(value) is int else 0


def _areas(publication: Publication | None) -> Section:
    schools, boards = _of_policy(publication, "min_schools"), _of_policy(publication, "min_boards")
    size = (
        Text(
            f"In elk gebied doen ten minste {schools} scholen van {boards} besturen mee.",
            f"In every area at least {schools} schools of {boards} boards take part.",
        )
        if schools and boards
        else Text("In elk gebied doen genoeg scholen mee.", "In every area enough schools take part.")
    )
    return Section(
        "gebieden",
        Text("Waarom sommige stadsdelen samen staan", "Why some districts are shown together"),
        (
            Text(
                f"{size.nl} Zijn er in een stadsdeel minder, dan voegen we het samen met een stadsdeel ernaast. "
                "Anders zou het cijfer van het stadsdeel bijna het cijfer van één school zijn.",
                f"{size.en} Where a district has fewer, we join it with a district next to it. Otherwise the figure "
                "of the district would be almost the figure of one school.",
            ),
            Text(
                "De indeling hangt alleen af van welke scholen meedoen, nooit van de aantallen incidenten. "
                "Ze staat vast voor een schooljaar. Doen er meer scholen mee, dan komen er meer gebieden.",
                "The division depends only on which schools take part, never on the numbers of incidents. It is "
                "fixed for a school year. When more schools take part, there will be more areas.",
            ),
        ),
    )


def _rounding(publication: Publication | None) -> Section:
    base = _of_policy(publication, "base")
    to = Text(f"op een veelvoud van {base}, ", f"to a multiple of {base}, ") if base else Text("", "")
    zero = (
        Text(f": het betekent 0 tot en met {base - 1}.", f": it means 0 up to and including {base - 1}.")
        if base
        else Text(".", ".")
    )
    return Section(
        "afronden",
        Text("Waarom de aantallen zijn afgerond", "Why the numbers are rounded"),
        (
            Text(
                f"Elk aantal is afgerond {to.nl}naar boven of naar beneden. Daarom betekent 0 nooit zeker “geen "
                f"enkel incident”{zero.nl} De rijen en kolommen tellen wel precies op.",
                f"Every number is rounded {to.en}up or down. So 0 never certainly means “not one incident”{zero.en} "
                "Rows and columns still add up exactly.",
            ),
            Text(
                "Bij elk aantal horen een ondergrens en een bovengrens; het werkelijke aantal ligt ertussen. Ze staan "
                "in de figuren en in de spreadsheet. We noemen iets alleen meer of minder als die grenzen dat "
                "bewijzen.",
                "Every number has a lower and an upper bound; the true number lies between them. They are in the "
                "charts and in the spreadsheet. We call something more or less only when those bounds prove it.",
            ),
        ),
    )


def _holding_back(publication: Publication | None) -> Section:
    percent = _of_policy(publication, "p_percent")
    close = (
        Text(
            " Een ander bestuur in dat gebied zou dan bijvoorbeeld kunnen uitrekenen hoeveel het er hoogstens waren, "
            f"op {percent} procent na.",
            " Another board in that area could then, for example, compute how many there were at most, within "
            f"{percent} percent.",
        )
        if percent
        else Text("", "")
    )
    return Section(
        "achterhouden",
        Text(f"Wat “{HELD_BACK}” betekent", f"What “{HELD_BACK}” means"),
        (
            Text(
                f"Waar {HELD_BACK} staat, tonen we het aantal niet, omdat het te veel over één school kan zeggen."
                f"{close.nl}",
                f"Where there is {HELD_BACK}, the number is not shown, because it could say too much about one school."
                f"{close.en}",
            ),
            Text(
                "Er is één teken voor elke reden, want de reden zelf kan al iets verraden. Een aantal dat niet getoond "
                "wordt, kan klein of groot zijn.",
                "There is one sign for every reason, because the reason itself could tell something. A number that is "
                "not shown can be small or large.",
            ),
        ),
    )


def _never_changed() -> Section:
    return Section(
        "vast",
        Text("Een cijfer verandert nooit meer", "A figure never changes again"),
        (
            Text(
                "Wat eenmaal gepubliceerd is, blijft zo. Gegevens die later komen of verbeterd worden, veranderen geen "
                "gepubliceerd cijfer: uit het verschil zou blijken wat één school heeft aangeleverd.",
                "What has been published stays as it is. Data that arrive or are corrected later change no published "
                "figure: the difference would show what one school delivered.",
            ),
            Text(
                "De cijfers verschijnen op dagen die vooraf vaststaan. Zo is niet te zien wie laat was.",
                "The figures come out on days fixed in advance. So nobody can see who was late.",
            ),
        ),
    )


def _promise(publication: Publication | None) -> Section:
    attackers = publication.attestation.get("attackers") if publication else None
    percent = _of_policy(publication, "p_percent")
    close = Text(f"op {percent} procent na ", f"within {percent} percent") if percent else Text("", "closely")
    played = (
        Text(
            f" Voor deze publicatie zijn zo {attackers} besturen nagespeeld; er werd niets gevonden.",
            f" For this publication {attackers} boards were played in this way; nothing was found.",
        )
        if isinstance(attackers, int) and not isinstance(attackers, bool) and attackers > 0
        else Text("", "")
    )
    return Section(
        "belofte",
        Text("Wat we beloven", "What we promise"),
        (
            Text(
                "Alles wat over een periode is gepubliceerd, zou letter voor letter gelijk zijn als twee deelnemers "
                "in hetzelfde gebied al hun registraties hadden geruild. Aan de cijfers is dus niet te zien wat van "
                "wie is.",
                "Everything published about a period would be the same to the letter if two contributors in the same "
                "area had swapped all their registrations. So the figures do not show what belongs to whom.",
            ),
            Text(
                "Geen enkel schoolbestuur kan door de eigen cijfers af te trekken uitrekenen hoeveel incidenten een "
                f"andere school had, de bovengrens daarvan {close.nl}bepalen, of bewijzen dat het er nul of juist niet "
                "nul waren. Dat wordt vóór elke publicatie doorgerekend, samen met alles wat al eerder is "
                f"gepubliceerd.{played.nl}",
                "No school board can, by subtracting its own figures, compute how many incidents another school had, "
                f"determine its upper bound {close.en}, or prove that there were none or that there were some. That is "
                f"computed before every publication, together with everything published before.{played.en}",
            ),
        ),
    )


def _no_promise() -> Section:
    return Section(
        "geen-belofte",
        Text("Wat we niet beloven", "What we do not promise"),
        (
            Text(
                "We beschermen niet tegen besturen die hun cijfers bij elkaar leggen, tegen kennis van buiten deze "
                "cijfers (zoals een bericht in de krant), en niet tegen iemand op een school die zelf iets vertelt.",
                "We do not protect against boards that put their figures together, against knowledge from outside "
                "these figures (such as a newspaper report), or against somebody at a school who tells something.",
            ),
        ),
    )


_POLICY = {
    "base": Text("Afgerond op een veelvoud van", "Rounded to a multiple of"),
    "min_schools": Text("Minste scholen per gebied", "Fewest schools per area"),
    "min_boards": Text("Minste besturen per gebied", "Fewest boards per area"),
    "slack": Text("Speelruimte (aantallen)", "Slack (counts)"),
    "p_percent": Text("p%-regel (procent)", "p% rule (percent)"),
    "dominance_percent": Text("Dominantieregel (procent)", "Dominance rule (percent)"),
    "dominance_from": Text("Dominantieregel geldt vanaf (aantal)", "Dominance rule applies from (count)"),
    "precision.cell": Text("Een cijfer wijkt minder af dan", "A figure deviates by less than"),
    "precision.year_to_date": Text(
        "Een som van kwartalen wijkt minder af dan", "A sum of quarters deviates by less than"
    ),
    "version": Text("Versie van de regels", "Version of the rules"),
}
_UNBOUNDED = Text("niet begrensd", "not bounded")


def policy_facts(publication: Publication, language: str) -> tuple[tuple[str, str], ...]:
    """The parameters of protection as the file gives them, with a name where we have one."""
    values: dict[str, object] = {}
    for name, value in publication.policy.items():
        # What was reached is a table inside the policy: each of its values is a line of its own.
        inside = value.items() if isinstance(value, dict) else [("", value)]
        values |= {f"{name}.{part}" if part else name: found for part, found in inside}
    order = [*(name for name in _POLICY if name in values), *sorted(values.keys() - _POLICY.keys())]
    return tuple(
        (
            _POLICY[name].in_language(language) if name in _POLICY else name,
            _UNBOUNDED.in_language(language) if values[name] is None else str(values[name]),
        )
        for name in order
    )

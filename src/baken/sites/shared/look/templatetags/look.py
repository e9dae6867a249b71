"""The components as template tags; docs/look.md shows each. `{% load look %}` is all a page needs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from django import template
from django.conf import settings
from django.core.paginator import Page
from django.forms import BoundField
from django.template.context import Context
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import slugify
from django.utils.translation import get_language
from django.utils.translation import gettext as _

register = template.Library()

KINDS = ("primary", "secondary", "subtle")
TONES = ("neutral", "info", "ok", "warning", "error")
TEXTBOX = "utrecht-textbox utrecht-textbox--html-input"
CONTROLS = {
    "textarea": "utrecht-textarea utrecht-textarea--html-textarea",
    "select": "utrecht-select utrecht-select--html-select",
    "checkbox": "utrecht-checkbox utrecht-checkbox--html-input",
    "radio": "utrecht-radio-button utrecht-radio-button--html-input",
    "file": "baken-file__input",
    "select_option": "",
    "hidden": "",
}
VENDORED = Path(__file__).resolve().parents[1] / "static" / "vendor" / "manifest.json"


@register.inclusion_tag("look/parts/styles.html")
def styles() -> dict[str, Any]:
    """The style sheets in their order: others' tokens, our theme, others' components, our layout, the city's tokens.

    Without `make assets` the site still works, in plainer clothes.
    """
    return {"vendored": VENDORED.exists(), "theme_css": getattr(settings, "THEME_CSS", "")}


@register.simple_tag
def widget_class(widget: dict[str, Any]) -> SafeString:
    """The class attribute of a form control: the component's own and what the form asked for."""
    kind = widget.get("type") or Path(widget["template_name"]).stem
    names = " ".join(filter(None, (CONTROLS.get(kind, TEXTBOX), widget["attrs"].get("class", ""))))
    return format_html(' class="{}"', names) if names else SafeString("")


@register.simple_tag
def error_target(field: BoundField) -> str:
    """The id of what to mend: the control, or the first of its options."""
    if field.id_for_label:
        return field.id_for_label
    return str(field.subwidgets[0].id_for_label) if field.subwidgets else ""


@register.simple_tag
def theme_class() -> str:
    """The class of the page: our theme, and the city's where THEME_CLASS names one."""
    return " ".join(filter(None, ("baken-theme", getattr(settings, "THEME_CLASS", ""))))


@register.inclusion_tag("look/parts/button.html")
def button(
    text: str, kind: str = "primary", *, danger: bool = False, name: str = "", value: str = ""
) -> dict[str, Any]:
    """A button that sends the form. `kind`: primary, secondary or subtle; `danger` for what cannot be undone."""
    return {"text": text, "kind": _one_of(kind, KINDS), "danger": danger, "name": name, "value": value}


@register.inclusion_tag("look/parts/button_link.html")
def button_link(text: str, url: str, kind: str = "primary", *, danger: bool = False) -> dict[str, Any]:
    """A link that looks like a button: goes somewhere, changes nothing."""
    return {"text": text, "url": url, "kind": _one_of(kind, KINDS), "danger": danger}


@register.inclusion_tag("look/parts/back_link.html")
def back_link(text: str, url: str) -> dict[str, Any]:
    return {"text": text, "url": url}


@register.inclusion_tag("look/parts/page_heading.html")
def page_heading(title: str, lead: str = "", kicker: str = "") -> dict[str, Any]:
    """The one h1 of the page, with an introduction under it and optionally a small line above it."""
    return {"title": title, "lead": lead, "kicker": kicker}


@register.simple_block_tag
def alert(content: str, tone: str = "info", heading: str = "", *, level: int = 2, live: str = "") -> SafeString:
    """A message in a coloured frame. `live`: "status" or "alert" when it appears as the answer to an action."""
    tone = _one_of(tone, TONES[1:])
    context = {"content": content, "tone": tone, "heading": heading, "level": level, "live": live}
    return render_to_string("look/parts/alert.html", context)


@register.simple_tag
def badge(text: str, tone: str = "neutral") -> SafeString:
    """A state in one or two words. The word carries the meaning; the colour only helps."""
    return format_html('<span class="baken-badge baken-badge--{}">{}</span>', _one_of(tone, TONES), text)


@register.simple_block_tag
def table(content: str, caption: str, *, id: str = "", note: str = "", hide_caption: bool = False) -> SafeString:
    """Put `<thead>` and `<tbody>` in it. Scrolls sideways on its own, also by keyboard; class "number" aligns cells."""
    name = id or f"table-{slugify(caption)}"
    context = {"content": content, "caption": caption, "id": name, "note": note, "hide_caption": hide_caption}
    return render_to_string("look/parts/table.html", context)


@register.simple_tag
def held_back() -> SafeString:
    """The one symbol for every figure that is not shown, with its meaning for who hears the page."""
    return format_html(
        '<span aria-hidden="true">·</span><span class="baken-hidden">{}</span>',
        _("niet getoond om scholen te beschermen"),
    )


@register.inclusion_tag("look/parts/facts.html")
def facts(rows: Iterable[tuple[Any, Any]] | Mapping[Any, Any]) -> dict[str, Any]:
    """A list of names and values, from pairs or a mapping."""
    return {"rows": list(rows.items() if isinstance(rows, Mapping) else rows)}


@register.inclusion_tag("look/parts/stat.html")
def stat(value: Any, label: str, note: str = "") -> dict[str, Any]:
    """One large figure with what it counts."""
    return {"value": value, "label": label, "note": note}


@register.simple_block_tag
def card(content: str, heading: str = "", url: str = "", *, level: int = 2) -> SafeString:
    """A frame with a heading, a link when `url` is given. Put several in `<div class="baken-grid">`."""
    return render_to_string(
        "look/parts/card.html", {"content": content, "heading": heading, "url": url, "level": level}
    )


@register.simple_block_tag
def details(content: str, summary: str, *, open: bool = False) -> SafeString:
    """Something to unfold."""
    return render_to_string("look/parts/details.html", {"content": content, "summary": summary, "open": open})


@register.simple_block_tag
def empty(content: str, heading: str) -> SafeString:
    """What stands where there is nothing yet: say why, and put the next step in it."""
    return render_to_string("look/parts/empty.html", {"content": content, "heading": heading})


@register.inclusion_tag("look/parts/steps.html")
def steps(labels: Iterable[str], current: int) -> dict[str, Any]:
    """All steps of a task with the current one, counted from 1; current = number of steps + 1 when all is done."""
    states = [(number, label, _step_state(number, current)) for number, label in enumerate(labels, 1)]
    return {"steps": states, "current": current, "total": len(states)}


@register.inclusion_tag("look/parts/step_of.html")
def step_of(current: int, total: int, title: str = "") -> dict[str, Any]:
    """ "Stap 2 van 4", with a bar."""
    return {"current": current, "total": total, "title": title}


@register.inclusion_tag("look/parts/problems.html")
def problems(found: Iterable[Any], heading: str = "") -> dict[str, Any]:
    """Everything that is wrong, each with its place and its remedy. Takes problems of `baken.contract.problems`."""
    language = get_language() or "nl"
    rows = [
        {
            "code": one.code,
            "fatal": one.fatal,
            "place": one.place.describe(language),
            "message": one.message(language),
            "remedy": one.remedy(language),
        }
        for one in found
    ]
    return {"rows": rows, "heading": heading}


@register.inclusion_tag("look/parts/pagination.html", takes_context=True)
def pagination(context: Context, page: Page[Any], parameter: str = "pagina") -> dict[str, Any]:
    """Links to the other pages; keeps the rest of the address. Nothing when there is one page."""
    query = context["request"].GET.copy()
    links = []
    for number in page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1):
        query[parameter] = str(number)
        links.append({"number": number, "query": query.urlencode(), "current": number == page.number})
    return {"page": page, "links": links, "previous": _query(query, parameter, page.number - 1)} | {
        "next": _query(query, parameter, page.number + 1)
    }


@register.inclusion_tag("look/parts/breadcrumbs.html")
def breadcrumbs(*parts: str) -> dict[str, Any]:
    """`{% breadcrumbs "Overzicht" url1 "Leveringen" url2 "Kwartaal 1" %}`: labels and addresses, the last one bare."""
    trail = [{"label": label, "url": url} for label, url in zip(parts[:-1:2], parts[1::2], strict=True)]
    return {"trail": trail, "here": parts[-1]}


@register.inclusion_tag("look/parts/icon.html")
def icon(name: str) -> dict[str, Any]:
    """A drawing that says nothing on its own: info, ok, warning, error, arrow, external."""
    return {"name": name}


def _query(query: Any, parameter: str, number: int) -> str:
    query[parameter] = str(number)
    return str(query.urlencode())


def _step_state(number: int, current: int) -> str:
    if number == current:
        return "current"
    return "done" if number < current else "todo"


def _one_of(value: str, allowed: tuple[str, ...]) -> str:
    if value not in allowed:
        raise template.TemplateSyntaxError(f"{value!r} is none of {', '.join(allowed)}")
    return value

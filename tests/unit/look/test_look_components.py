"""The components as a page writes them."""

from __future__ import annotations

import pytest
from django.core.paginator import Paginator
from django.template import TemplateSyntaxError, engines
from django.test import RequestFactory
from django.utils import translation

from baken.contract.problems import Place, problem


def drawn(source: str, address: str = "/", **context: object) -> str:
    request = RequestFactory().get(address)
    return str(engines["django"].from_string("{% load look %}" + source).render(context, request)).strip()


def test_a_button_sends_the_form_and_a_link_goes_somewhere() -> None:
    assert 'type="submit"' in drawn("{% button 'Leveren' %}")
    assert drawn("{% button_link 'Leveren' '/nieuw/' %}").startswith("<a ")


def test_what_cannot_be_undone_looks_dangerous() -> None:
    assert "utrecht-button--danger" in drawn("{% button 'Wissen' danger=True %}")


@pytest.mark.parametrize("source", ["{% badge 'Klaar' 'groen' %}", "{% button 'A' 'groot' %}"])
def test_a_tone_or_kind_that_does_not_exist_is_refused(source: str) -> None:
    with pytest.raises(TemplateSyntaxError):
        drawn(source)


def test_an_alert_interrupts_only_when_asked() -> None:
    assert "role=" not in drawn("{% alert 'info' %}x{% endalert %}")
    assert 'role="status"' in drawn("{% alert 'ok' live='status' %}x{% endalert %}")


def test_an_alert_has_its_heading_at_the_level_of_the_page() -> None:
    assert "<h3" in drawn("{% alert 'error' 'Mis' level=3 %}x{% endalert %}")


def test_a_wide_table_scrolls_by_keyboard_and_is_named_by_its_caption() -> None:
    html = drawn("{% table 'Incidenten per gebied' %}<tbody></tbody>{% endtable %}")

    assert 'role="region" aria-labelledby="table-incidenten-per-gebied" tabindex="0"' in html
    assert 'id="table-incidenten-per-gebied">Incidenten per gebied</caption>' in html


def test_a_figure_that_is_not_shown_has_one_symbol_and_says_why() -> None:
    html = drawn("{% held_back %}")

    assert '<span aria-hidden="true">·</span>' in html
    assert "niet getoond om scholen te beschermen" in html


def test_facts_come_from_pairs_and_from_a_mapping() -> None:
    assert drawn("{% facts rows %}", rows={"Versie": 2}) == drawn("{% facts rows %}", rows=[("Versie", 2)])


def test_a_zero_is_a_fact_and_is_shown() -> None:
    assert "<dd>0</dd>" in drawn("{% facts rows %}", rows=[("Incidenten", 0)])


def test_the_current_step_is_announced() -> None:
    html = drawn("{% steps labels 2 %}", labels=["Kiezen", "Bekijken", "Leveren"])

    assert html.count('aria-current="step"') == 1
    assert "(klaar)" in html[html.index("Kiezen") : html.index("Bekijken")]


def test_no_step_is_current_when_all_is_done() -> None:
    html = drawn("{% steps labels 3 %}", labels=["Kiezen", "Leveren"])

    assert "aria-current" not in html
    assert html.count("baken-steps__step--done") == 2


def test_a_step_counts_in_the_language_of_the_reader() -> None:
    with translation.override("nl"):
        assert "Stap 2 van 4" in drawn("{% step_of 2 4 %}")


def test_every_problem_has_its_place_and_its_remedy() -> None:
    html = drawn("{% problems found %}", found=[problem("F-101", Place(row=14), field="datum")])

    assert "rij 14" in html
    assert "Vul het veld in." in html
    assert "F-101" in html


def test_no_problems_leave_no_empty_list() -> None:
    assert drawn("{% problems found 'Wat er mis is' %}", found=[]) == ""


def test_the_pages_of_a_list_keep_the_rest_of_the_address() -> None:
    html = drawn("{% pagination page %}", "/?wijk=zuid&pagina=2", page=Paginator(range(30), 10).page(2))

    assert 'rel="prev" href="?wijk=zuid&amp;pagina=1"' in html
    assert 'rel="next" href="?wijk=zuid&amp;pagina=3"' in html
    assert html.count('aria-current="page"') == 1


def test_a_list_of_one_page_has_nothing_to_leaf_through() -> None:
    assert drawn("{% pagination page %}", page=Paginator(range(3), 10).page(1)) == ""


def test_the_path_to_a_page_ends_at_the_page_itself() -> None:
    html = drawn("{% breadcrumbs 'Overzicht' '/' 'Leveringen' '/leveringen/' 'Nieuw' %}")

    assert html.count("<a ") == 2
    assert (
        '<span class="utrecht-breadcrumb-nav__link utrecht-breadcrumb-nav__link--current" aria-current="page">Nieuw'
        in html
    )


@pytest.mark.parametrize(
    "source",
    [
        "{% badge v %}",
        "{% stat v v %}",
        "{% page_heading v v %}",
        "{% facts rows %}",
        "{% alert 'info' v %}{% endalert %}",
        "{% card v v %}{% endcard %}",
        "{% table v %}{% endtable %}",
    ],
)
def test_a_value_is_never_read_as_markup(source: str) -> None:
    assert "<script" not in drawn(source, v="<script>", rows=[("<script>", "<script>")])

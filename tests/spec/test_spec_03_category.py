"""De categorie waaronder een incident telt

Eén voorval is één incident, hoeveel mensen er ook bij betrokken zijn. Het telt onder één categorie: de hoofdcategorie.
"""

from __future__ import annotations

from datetime import date

from baken.contract import codebook
from building.spec_tables import codes, rows


def test_the_first_in_rank_is_counted() -> None:
    """Passen er meer categorieën, dan telt die met de hoogste rang. Schade aan mensen gaat voor schade aan spullen."""
    table = """
    | rang | categorie                 |
    |------|---------------------------|
    | 1    | seksueel                  |
    | 2    | fysiek-geweld-letsel      |
    | 3    | wapen                     |
    | 4    | bedreiging                |
    | 5    | stelselmatige-intimidatie |
    | 6    | grove-pesterijen          |
    | 7    | drugs                     |
    | 8    | ernstige-vernieling       |
    | 9    | diefstal                  |
    """
    ranked = sorted(codebook.categories(date(2026, 8, 1)), key=lambda category: category.rank)
    assert [(str(c.rank), c.code) for c in ranked] == [(row["rang"], row["categorie"]) for row in rows(table)]


def test_examples_of_events_that_fit_several_categories() -> None:
    """Voorbeelden. De andere categorieën komen in het record bij nevencategorieën."""
    table = """
    | voorval                                        | past bij                        | telt als             |
    |------------------------------------------------|---------------------------------|----------------------|
    | een leerling bedreigt een ander met een mes    | bedreiging, wapen               | wapen                |
    | een leerling steekt een ander met een mes      | wapen, fysiek-geweld-letsel     | fysiek-geweld-letsel |
    | een telefoon wordt met bedreiging afgepakt     | diefstal, bedreiging            | bedreiging           |
    | een groep pest en bedreigt een klasgenoot      | grove-pesterijen, bedreiging    | bedreiging           |
    | een naaktfoto wordt gebruikt om te pesten      | grove-pesterijen, seksueel      | seksueel             |
    | drugs en een mes bij een kluiscontrole         | drugs, wapen                    | wapen                |
    """
    for row in rows(table):
        assert codebook.main_category(codes(row["past bij"])) == row["telt als"]

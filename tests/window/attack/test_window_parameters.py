"""RT-27 and RT-28: no parameter reaches anything but what is in the files, and every "no" is the same answer."""

import pytest

from baken.contract.publication import ALL, CITY
from building.publications import chain

pytestmark = pytest.mark.django_db

AREA = "haagse-hout%2Bscheveningen"
HELD_BACK = f"/cijfers/?periode=2025-2026&gebied={AREA}&categorie=drugs"
REFUSED = {
    "unknown period": "/cijfers/?periode=2019-2020",
    "no period at all": "/cijfers/?periode=yesterday",
    "unknown area": "/cijfers/?gebied=moerwijk",
    "unknown category": "/cijfers/?categorie=moord",
    "area of another year": "/cijfers/?periode=2025-2026&gebied=escamp",
    "never published": "/cijfers/?periode=2026-2027/1&gebied=escamp&categorie=diefstal",
    "never published over time": "/verloop/?gebied=escamp&categorie=diefstal",
    "injection": "/cijfers/?gebied=' OR 1=1 --",
    "path": "/cijfers/?periode=../../etc/passwd",
    "lookup": "/cijfers/?gebied[$ne]=x&gebied=__class__",
    "null": "/cijfers/?categorie=%00",
    "long": "/cijfers/?categorie=" + "a" * 5000,
    "unknown release": "/publicaties/99/",
    "release zero": "/publicaties/0/",
    "huge release": "/publicaties/99999999999999999999/",
    "unknown file": "/publicaties/5/geheim.json",
    "file of an unknown release": "/publicaties/99/cijfers.csv",
    "unknown key": "/publicaties/sleutel/signing.ed25519",
}


@pytest.fixture
def held_back(client, public) -> bytes:
    response = client.get(HELD_BACK)
    assert response.status_code == 404
    return response.content


@pytest.mark.parametrize("case", REFUSED)
def test_unknown_and_held_back_get_the_same_answer(client, held_back, case):
    response = client.get(REFUSED[case])

    assert response.status_code == 404
    assert response.content == held_back


def test_the_answer_has_the_same_headers_too(client, public):
    kept = {"Content-Type", "Content-Language", "Content-Length", "Vary", "Cache-Control", "Last-Modified", "ETag"}
    answers = [client.get(address).headers for address in (HELD_BACK, *REFUSED.values())]

    assert len({tuple(sorted((k, v) for k, v in a.items() if k in kept)) for a in answers}) == 1


FOREIGN = ("school=99AA00", "bestuur=99001", "datum=2026-09-14", "vestiging=1", "order_by=value", "q=drugs", "page=2")


@pytest.mark.parametrize("extra", FOREIGN)
def test_a_parameter_that_is_not_ours_changes_nothing(client, public, extra):
    plain = client.get("/cijfers/?periode=2025-2026").content.decode()
    other = client.get(f"/cijfers/?periode=2025-2026&{extra}").content.decode()

    def main(body: str) -> str:
        return body[body.index("<main") : body.index("</main>")]

    assert main(plain) == main(other)


def test_every_combination_shows_a_published_figure_or_the_same_no(client, held_back):
    made = chain()
    known = {(c.area, c.category, c.period): c for p in made for c in p.cells}
    areas = {a.code for p in made for a in p.areas}
    categories = {c.code for c in made[0].categories}

    for area in sorted(areas):
        for category in sorted(categories):
            for period in ("2025-2026", "2026-2027/1"):
                parameters = {"periode": period, "gebied": area, "categorie": category}
                response = client.get("/cijfers/", parameters)
                cell = known.get((area, category, period))
                if cell is not None and cell.value is not None:
                    assert response.status_code == 200
                else:
                    assert response.content == held_back


def test_only_reading_is_possible(client, public):
    for address in ("/", "/cijfers/", "/verloop/", "/publicaties/", "/publicaties/5/", "/publicaties/5/cijfers.csv"):
        assert client.post(address).status_code == 405


def test_no_page_asks_anything_from_elsewhere(client, public):
    for address in ("/", "/cijfers/", "/bescherming/"):
        response = client.get(address)
        body = response.content.decode()
        assert "http://" not in body.replace("http://www.w3.org/2000/svg", "")
        assert 'src="//' not in body and "https://" not in body
        assert "default-src 'none'" in response["Content-Security-Policy"]


def test_the_margins_that_are_shown_add_up(client, public):
    for publication in chain():
        cells = {(c.area, c.category): c for c in publication.cells if c.period == publication.period}
        parts = [cells.get((CITY, c.code)) for c in publication.categories]
        if all(p is not None and p.value is not None for p in parts):
            assert sum(p.value for p in parts) == cells[CITY, ALL].value

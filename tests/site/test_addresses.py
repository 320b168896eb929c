"""Addresses into the database that mean nothing, or want to write: told so in the look of the site, never a crash."""

from __future__ import annotations

import lxml.html
import pytest

from distillwatch.site import plugin
from tests.site.asking import Get

TABLE = "/db/knowledge/claims"


@pytest.mark.filterwarnings("ignore:coroutine .* was never awaited:RuntimeWarning")  # what Datasette had begun
@pytest.mark.parametrize(
    ("address", "status", "words"),
    [
        (f"{TABLE}?_sort=nonsense", 400, "Cannot sort table by nonsense"),
        (f"{TABLE}?_sort=id&_sort_desc=id", 400, "at the same time"),
        (f"{TABLE}?_size=nonsense", 400, "_size must be"),
        (f"{TABLE}?_size=-1", 400, "_size must be"),
        (f"{TABLE}?_facet=nonsense", 400, "no such column"),
        (f"{TABLE}?_facet=%7B%7D", 400, "Look at: _facet"),
        (f"{TABLE}?_facet_array=%7B%7D", 400, "Look at: _facet_array"),
        (f"{TABLE}?_col=nonsense", 400, "_col=nonsense"),
        (f"{TABLE}?_nocol=nonsense", 400, "_nocol=nonsense"),
        (f"{TABLE}?_where=nonsense", 400, "no such column"),
        (f"{TABLE}?_where=1;drop", 400, "Look at: _where"),
        (f"{TABLE}?_through=nonsense", 400, "Look at: _through"),
        (f"{TABLE}?_through=[]", 400, "Look at: _through"),
        (f"{TABLE}?_timelimit=nonsense", 400, "Look at: _timelimit"),
        (f"{TABLE}?kind__in=%5B", 400, "Look at: kind__in"),
        (f"{TABLE}?_through=%3Cscript%3E", 400, "Look at: _through"),
        (f"{TABLE}.csv?_sort=nonsense", 400, "Cannot sort table by nonsense"),
        ("/db/knowledge.csv", 400, "Say what is to be put into the file"),
        (f"{TABLE}/nonsense", 404, "Record not found"),
        ("/db/knowledge/responses/nonsense", 404, "No row of this table has that key"),
        ("/db/knowledge/incident_documents/a,b,c", 404, "Record not found"),
        ("/db/knowledge/nonsense", 404, "Table not found"),
        ("/db/nonsense", 404, "Database not found"),
    ],
)
def test_an_address_that_means_nothing_is_told_so(address: str, status: int, words: str, get: Get) -> None:
    """A page in the look of the site that names what is wrong; the same as JSON where that was asked for."""
    answer = get(address)
    assert answer.status_code == status
    assert answer.headers["content-type"].startswith("text/html")
    page = lxml.html.document_fromstring(answer.text)
    (told,) = page.xpath("//main//*[@role='alert']")
    assert words in told.text_content()
    assert page.xpath("//header[@class='masthead']//nav")
    assert not page.xpath("//main//script")
    path, _, query = address.partition("?")
    if not path.endswith(".csv") and status == 400:
        answer = get(f"{path}.json?{query}")
        assert (answer.status_code, answer.json()["ok"]) == (status, False)
        assert words in answer.json()["error"]


@pytest.mark.parametrize("query", ["_next=nonsense", "_shape=nonsense", "_labels=nonsense", "_trace=1", "nonsense=1"])
def test_what_changes_nothing_is_let_pass(query: str, get: Get) -> None:
    answer = get(f"{TABLE}?{query}")
    assert answer.status_code == 200
    assert "traces" not in get(f"{TABLE}.json?{query}&_shape=objects").json()


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_nothing_is_written(method: str, get: Get) -> None:
    for address in ("/db/knowledge", TABLE, f"{TABLE}/c01", "/db/knowledge/open_disputes"):
        assert get(address, method=method).status_code == 405


def test_a_defect_of_ours_is_not_the_readers_mistake(get: Get, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise ValueError

    monkeypatch.setattr(plugin, "row_path", broken)
    assert get(f"{TABLE}?_size=3").status_code == 500

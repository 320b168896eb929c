"""Datasette beside the site: described, answering, linked both ways, and not to be hurt by a reader's SQL."""

from __future__ import annotations

import asyncio
import csv
import html
import io
import re
import shutil
import sqlite3
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from distillwatch.errors import InputMissing
from distillwatch.graph import dictionary
from distillwatch.graph.spreadsheet import harmless
from distillwatch.ids import hash_id
from distillwatch.site.build import publish
from distillwatch.site.csv_guard import CsvGuard
from distillwatch.site.datasette_config import FACETS, LABELS, NEWEST_FIRST, canned_queries, kept_tables, metadata
from distillwatch.site.limits import instr, replace
from distillwatch.site.serve import Application
from distillwatch.topic import Topic
from tests.site.asking import Get, ask

PARAMETERS = {
    "name": "norvane",
    "since": "2026-01-01",
    "day": "2026-05-01",
    "id": "k-x1",
    "document_id": "d1ledger",
    "dispute_id": hash_id("dispute", "k-x1"),
    "slug": "norvane-tarsil-2026",
    "claim_id": "c01",
    "source_id": "tarsil-news",
    "other_source_id": "ledger",
    "words": "accounts",
}
LONG = (
    "(SELECT group_concat('"
    + "a" * 100
    + "', '') FROM (WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n "
    "WHERE i < 20000) SELECT i FROM n))"
)
HOSTILE = (
    "SELECT hex(zeroblob(400000000))",
    "SELECT randomblob(900000000)",
    "SELECT printf('%.*c', 900000000, 'x')",
    "SELECT format('%.*c', 900000000, 'x')",
    "SELECT load_extension('x')",
    "SELECT json_patch('{}', '{}')",
    "SELECT readfile('/etc/passwd')",
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT COUNT(*) FROM n",
    "SELECT COUNT(*) FROM claims a, claims b, claims c, claims d, claims e, claims f, claims g",
    f"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 1000), b AS (SELECT {LONG} x) "
    "SELECT x || i FROM n, b",
    f"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 1000), b AS (SELECT {LONG} x) "
    "SELECT CAST(x || i AS BLOB) FROM n, b",
    f"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 2000), b AS (SELECT {LONG} x) "
    "SELECT i FROM (SELECT x || i y, i FROM n, b ORDER BY y)",
    "SELECT " + ", ".join("1" for _ in range(2000)),
    "ATTACH DATABASE 'evil.db' AS evil",
    "VACUUM INTO 'evil.db'",
    "PRAGMA journal_mode = WAL",
    "DELETE FROM claims",
    "CREATE TABLE x (y)",
)
SLOW = (  # each would take hours in SQLite's own quadratic functions; here it is answered
    f"SELECT instr({LONG}, substr({LONG}, 1, 1000000) || 'b')",
    f"SELECT length(replace({LONG}, substr({LONG}, 1, 1000000) || 'b', 'x'))",
    f"SELECT length(trim({LONG}, replace({LONG}, 'a', 'b') || 'a'))",
    f"SELECT {LONG} LIKE '%_a%_a%_a%_a%_b%'",
    f"SELECT {LONG} GLOB '*a*a*a*a*a*b'",
)


def test_every_table_and_column_is_described(database: Path, watch: Topic) -> None:
    described = metadata(watch)["databases"]["knowledge"]["tables"]
    connection = sqlite3.connect(database)
    names = [n for (n,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    tables = [n for n in names if not n.startswith(("search", "sqlite", "_"))]
    for table in tables:
        columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
        assert set(columns) == set(described[table]["columns"]), table
        for column in (LABELS.get(table), NEWEST_FIRST.get(table), *FACETS.get(table, [])):
            assert column is None or column in columns, (table, column)
    connection.close()
    assert {*LABELS, *FACETS, *NEWEST_FIRST} <= set(tables)
    assert len(dictionary.load()) >= 20


ELSEWHERE = {"drift_along_chains"}  # three texts that cite one another: tests/graph/test_drift_chains.py has them


def test_there_are_enough_questions() -> None:
    assert len(canned_queries()) >= 20
    assert len({q["title"] for q in canned_queries().values()}) == len(canned_queries())


@pytest.mark.parametrize("name", sorted(canned_queries()))
def test_every_question_is_answered(name: str, get: Get) -> None:
    wanted = set(re.findall(r":(\w+)", canned_queries()[name]["sql"]))
    teacher = {
        "who_is_said_to_have_learnt_from": {"name": "Halden"},
        "terms_in_force_on_a_day": {"name": "tarsil"},
    }.get(name, {})
    given = "&".join(f"{p}={quote({**PARAMETERS, **teacher}[p])}" for p in sorted(wanted))
    answer = get(f"/db/knowledge/{name}.json?_shape=array&{given}")
    assert answer.status_code == 200, answer.text
    assert isinstance(answer.json(), list)
    assert answer.json() or name in ELSEWHERE, f"{name} finds nothing in the newsroom"
    assert get(f"/db/knowledge/{name}?{given}").status_code == 200


@pytest.mark.parametrize("name", sorted(n for n, q in canned_queries().items() if ":" in q["sql"]))
def test_a_question_without_its_words_says_what_to_fill_in(name: str, get: Get) -> None:
    """Left out, empty, or blank: a page that helps on, and JSON without an error."""
    wanted = set(re.findall(r":(\w+)", canned_queries()[name]["sql"]))
    for asked in ("", "&".join(f"{p}=" for p in sorted(wanted)), "&".join(f"{p}=%20" for p in sorted(wanted))):
        assert get(f"/db/knowledge/{name}.json?_shape=array&{asked}").status_code == 200
        page = get(f"/db/knowledge/{name}?{asked}")
        assert page.status_code == 200
        for parameter in wanted:
            assert f"Fill in “{parameter}”" in page.text
        links = re.findall(r'<li><a href="(\?[^"]+)">', page.text.partition('<section class="suggested">')[2])
        assert links or name in ("search_everything", "copies_of_a_document"), name
        for link in links[:2]:
            answer = get(f"/db/knowledge/{name}{html.unescape(link)}")
            assert answer.status_code == 200
            assert len(wanted) > 1 or "Fill in" not in answer.text


@pytest.mark.parametrize(
    "words", ['"', '"a', "a-b", "AND", "a* OR", "NEAR(a", "title:x", "^", "\u200b", "()", "x" * 5000, "'"]
)
def test_whatever_is_searched_for_is_no_error(words: str, get: Get) -> None:
    answer = get(f"/db/knowledge/search_everything.json?_shape=array&words={quote(words)}")
    assert answer.status_code == 200, answer.text
    assert isinstance(answer.json(), list)


def test_what_the_search_finds_leads_to_its_page(get: Get) -> None:
    for words, page in [
        ("accounts", "/claim/"),
        ("unusual traffic", "/document/"),
        ("spring 2026", "/incident/norvane-tarsil-2026.html"),
        ("Halden", "/model/halden.html"),
    ]:
        assert f'href="{page}' in get(f"/db/knowledge/search_everything?words={quote(words)}").text, words
    for sql in ("select 'x' as leads_to", "select 'runs' as table_name, 'x' as leads_to", "select 1 as leads_to"):
        assert get(f"/db/knowledge?sql={quote(sql)}").status_code == 200


def test_the_ids_on_a_row_lead_to_their_pages(get: Get) -> None:
    row = get("/db/knowledge/claims/c01").text
    for page in ("/document/d0statement.html", "/model/ostra-2.html", "/model/halden.html", "/company/tarsil.html"):
        assert f'href="{page}"' in row


@pytest.mark.parametrize("sql", HOSTILE)
def test_hostile_sql_is_refused_in_time(sql: str, get: Get, public: Path) -> None:
    before = (public / "knowledge.db").read_bytes()
    start = time.perf_counter()
    answer = get(f"/db/knowledge.json?_shape=array&sql={quote(sql)}")
    assert answer.status_code == 400, answer.text[:300]
    assert time.perf_counter() - start < 8  # the limit is one second; the machine may be busy
    assert (public / "knowledge.db").read_bytes() == before
    assert not list(Path().glob("evil.db"))


@pytest.mark.parametrize("sql", SLOW)
def test_slow_functions_are_quick(sql: str, get: Get) -> None:
    start = time.perf_counter()
    assert get(f"/db/knowledge.json?_shape=array&sql={quote(sql)}").status_code == 200
    assert time.perf_counter() - start < 8


@pytest.mark.parametrize(
    ("text", "part", "place"), [("abcb", "b", 2), ("abc", "x", 0), ("aé豆", "豆", 3), (None, "x", None), (12, 2, 2)]
)
def test_instr_agrees_with_sqlite(text: object, part: object, place: int | None) -> None:
    plain = sqlite3.connect(":memory:")
    assert plain.execute("SELECT instr(?, ?)", (text, part)).fetchone() == (place,)
    plain.close()
    assert instr(text, part) == place  # type: ignore[arg-type]  # any SQL value


@pytest.mark.parametrize(
    ("text", "part", "other"),
    [("abab", "b", "xy"), ("abc", "", "x"), ("abc", "abc", ""), (None, "a", "b"), (121, 1, 3)],
)
def test_replace_agrees_with_sqlite(text: object, part: object, other: object) -> None:
    plain = sqlite3.connect(":memory:")
    expected = plain.execute("SELECT replace(?, ?, ?)", (text, part, other)).fetchone()[0]
    plain.close()
    assert replace(text, part, other) == expected  # type: ignore[arg-type]  # any SQL value


def test_rows_lead_to_pages_and_pages_to_rows(get: Get, public: Path) -> None:
    for table, page in [
        ("claims", "/claim/c01.html"),
        ("documents", "/document/d1ledger.html"),
        ("entities", "/company/norvane.html"),
        ("incidents", "/incident/norvane-tarsil-2026.html"),
        ("contradictions", "/contradiction/k-x1.html"),
        ("sources", "/source/ledger.html"),
    ]:
        assert f'href="{page}"' in get(f"/db/knowledge/{table}").text, table
        assert get(page).status_code == 200, page
    assert 'href="/claim/c01.html"' in get("/db/knowledge/claims/c01").text
    assert (
        'href="/document/d1ledger.html"' in get("/db/knowledge/timeline_of_an_incident?slug=norvane-tarsil-2026").text
    )
    inside = 0
    for file in (public / "site").resolve().rglob("*.html"):
        for address in set(re.findall(r'href="(?:\.\./)?(db/knowledge/[^"]+)"', file.read_text(encoding="utf-8"))):
            inside += 1
            assert get(f"/{address}").status_code == 200, address
    assert inside > 20


def test_every_table_of_the_snapshot_is_described(public: Path, watch: Topic) -> None:
    described = metadata(watch)["databases"]["knowledge"]["tables"]
    connection = sqlite3.connect(public / "knowledge.db")
    for name in kept_tables():
        columns = [row[1] for row in connection.execute(f"PRAGMA table_info({name})")]
        assert list(described[name]["columns"]) == columns
        assert connection.execute(f"SELECT COUNT(*) FROM {name}").fetchone()[0] > 0
    connection.close()


def test_no_cell_of_datasettes_csv_is_a_formula(get: Get) -> None:
    sql = (
        "SELECT '=1+1' AS \"=x\", '@a' AS b, '-2.5' AS c, '-a' AS d, "
        "'plain, \"quoted\"' AS e, char(10) || '=2' AS f, -1 AS g"
    )
    answer = get(f"/db/knowledge.csv?sql={quote(sql)}")
    head, row = list(csv.reader(io.StringIO(answer.text, newline="")))
    assert head == ["'=x", "b", "c", "d", "e", "f", "g"]
    assert row == ["'=1+1", "'@a", "-2.5", "'-a", 'plain, "quoted"', "'\n=2", "-1"]
    assert get(f"/db/knowledge.csv?_dl=on&sql={quote(sql)}").text == answer.text
    whole = get("/db/knowledge/claims.csv?_stream=on&_size=max")
    assert len(list(csv.reader(io.StringIO(whole.text, newline="")))) > 19


@given(
    st.lists(st.lists(st.text(alphabet='a",\n\r=é豆', max_size=6), min_size=1, max_size=3), max_size=4),
    st.integers(1, 7),
)
def test_csv_is_guarded_however_it_is_cut(rows: list[list[str]], step: int) -> None:
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    body = out.getvalue().encode()
    guard = CsvGuard()
    pieces = [guard.feed(body[at : at + step]) for at in range(0, len(body), step)]
    found = list(csv.reader(io.StringIO(b"".join([*pieces, guard.feed(b"", last=True)]).decode(), newline="")))
    assert found == [[harmless(cell) for cell in row] for row in rows]


def test_the_query_on_a_flags_page_runs(get: Get, public: Path) -> None:
    page = (public / "site" / "contradiction" / "k-x1.html").read_text(encoding="utf-8")
    (address,) = re.findall(r'href="\.\./(db/knowledge\?[^"]+)"', page)
    answer = get("/" + address.replace("&amp;", "&").replace("knowledge?", "knowledge.json?_shape=array&"))
    assert answer.json()[0]["evidence_a"] == "We believe that Norvane trained Ostra 2 on outputs of Halden."


def test_datasette_keeps_to_its_place(get: Get) -> None:
    page = get("/db/knowledge/claims").text
    addresses = re.findall(r'(?:href|src|action)="([^"#?]*)', page)
    inside = [a for a in addresses if a.startswith("/") and not a.endswith((".html", ".svg"))]
    assert inside
    assert [a for a in inside if not a.startswith("/db/") or "/db/db" in a] == []
    assert [a for a in addresses if a.startswith("http") and "watch.example" not in a and "datasette.io" not in a] == []


@pytest.mark.parametrize(
    "page", ["databases", "threads", "versions", "metadata", "plugins", "messages", "patterns", "x"]
)
def test_datasette_tells_nothing_of_the_server(page: str, get: Get) -> None:
    for address in (f"/db/-/{page}", f"/db/-/{page}.json", f"/db/%2d/{page}.json", f"/db//-/{page}.json"):
        assert get(address).status_code == 404, address


def test_where_the_file_lies_stays_unknown(get: Get, public: Path) -> None:
    for sql in ("select * from pragma_database_list", "select file f from pragma_database_list()"):
        answer = get(f"/db/knowledge.json?_shape=array&sql={quote(sql)}")
        assert answer.status_code == 200
        assert str(public.resolve().parent) not in answer.text
    assert get("/db/-/static/app.css").status_code == 200


def test_headers(get: Get) -> None:
    for address in ("/", "/incidents.html", "/nothing", "/static/style.css"):
        policy = get(address).headers["content-security-policy"]
        assert policy.startswith("default-src 'none'")
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy
        assert get(address).headers["x-content-type-options"] == "nosniff"
    assert "default-src 'none'" in get("/db/knowledge").headers["content-security-policy"]
    assert get("/static/style.css").headers["content-type"] == "text/css; charset=utf-8"


def test_conditional_and_other_requests(get: Get) -> None:
    tag = get("/").headers["etag"]
    assert get("/", headers={"if-none-match": tag}).status_code == 304
    assert get("/", method="HEAD").content == b""
    assert get("/", method="POST").status_code == 405
    assert get("/db").status_code == 200


@pytest.mark.parametrize(
    "address",
    [
        "/../manifest.json",
        "/%2e%2e/manifest.json",
        "/..%2fknowledge.db",
        "/static/../../knowledge.db",
        "/%00",
        "/static",
    ],
)
def test_only_the_sites_own_files_are_handed_out(address: str, get: Get) -> None:
    answer = get(address)
    assert answer.status_code == 404
    assert "This address leads nowhere" in answer.text


def test_a_new_snapshot_is_picked_up(tmp_path: Path, database: Path, watch: Topic) -> None:
    copy = tmp_path / "knowledge.db"
    shutil.copy(database, copy)
    publish(copy, tmp_path / "public", watch, "2026-06-03T07:00:00Z")
    application = Application(tmp_path / "public")

    async def story() -> None:
        assert "Quellmark Renamed" not in (await ask(application, "/company/quellmark.html")).text
        connection = sqlite3.connect(copy)
        connection.execute("UPDATE entities SET name = 'Quellmark Renamed' WHERE id = 'company-quellmark'")
        connection.commit()
        connection.close()
        publish(copy, tmp_path / "public", watch, "2026-06-04T07:00:00Z")
        assert "Quellmark Renamed" in (await ask(application, "/company/quellmark.html")).text
        rows = await ask(application, "/db/knowledge/entities/company-quellmark.json?_shape=array")
        assert rows.json()[0]["name"] == "Quellmark Renamed"

    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, story()).result()


def test_nothing_published_is_an_error_that_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(InputMissing, match="distillwatch publish"):
        Application(tmp_path)

"""Which pages are made anew, and which are taken over from the last snapshot."""

from __future__ import annotations

from pathlib import Path

import pytest

from distillwatch.site.ground import Ground
from distillwatch.site.page import Page, Sheaves, nothing
from distillwatch.site.writer import Entry, Sheaf, Writer

PATHS = ("claim/a.html", "claim/b.html")


def page(path: str, key: str = "") -> Page:
    """A page, of a fingerprint if it has one of its own."""
    return Page(path=path, template="about.html", title=path, context=nothing, key=(lambda: key) if key else None)


def sheaf(key: str, paths: tuple[str, ...] = PATHS) -> Sheaves:
    """Pages of one fingerprint."""
    return Sheaves(kind="claims", of=["d"], key=lambda _: key, pages=lambda _: list(map(page, paths)))


def writer(folder: Path, lying: tuple[str, ...] = PATHS, last: tuple[str, ...] = PATHS) -> Writer:
    """One for a folder in which files lie already; the last snapshot had all of the key "old", also as a sheaf."""
    ground = Ground(str(folder / "built"), str(folder / "seen"))
    files = {path: Entry("old", "sum", (), "found") for path in last}
    return Writer(ground, dict.fromkeys(lying, "sum"), files, {"claims d": Sheaf("old", last)})


@pytest.mark.parametrize(
    ("key", "lying", "last", "made"),
    [
        ("old", PATHS, PATHS, []),
        ("new", PATHS, PATHS, [*PATHS]),
        ("old", PATHS[:1], PATHS, [PATHS[1]]),  # a file that somebody has taken away
        ("old", (), (), []),  # a document without claims
        ("new", (), (), [*PATHS]),
    ],
)
def test_a_sheaf_is_taken_over_whole_or_page_by_page(
    key: str, lying: tuple[str, ...], last: tuple[str, ...], made: list[str], tmp_path: Path
) -> None:
    site = writer(tmp_path, lying, last)
    assert [task.path for task in site.todo([(0, sheaf(key))])] == made
    assert site.reused == [path for path in last if path not in made]
    assert sorted(site.files) == sorted(site.reused)
    assert site.sheaves["claims d"] == Sheaf(key, PATHS if made else last)


def test_what_is_to_be_found_is_made_first_and_listed_whether_it_is_made_or_not(tmp_path: Path) -> None:
    found = [Page(path=f"{n}.html", template="about.html", title=n, context=nothing, found_as="note") for n in "ab"]
    site = writer(tmp_path)
    notes = Sheaves(kind="note", of=["n"], key=lambda _: "k", pages=lambda _: found)
    todo = site.todo(enumerate([sheaf("old"), page("0.html"), notes]))
    assert [(task.path, task.part, task.of) for task in todo] == [
        ("a.html", 2, "n"),
        ("b.html", 2, "n"),
        ("0.html", 1, ""),
    ]
    assert site.findable == [*PATHS, "a.html", "b.html"]


@pytest.mark.parametrize("key", ["old", "new"])
def test_two_pages_of_one_path_are_an_error(key: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"two pages want the path 'claim/a\.html'"):
        writer(tmp_path).todo(enumerate([page(PATHS[0], key), sheaf(key)]))
    with pytest.raises(ValueError, match=r"two pages want the path 'claim/a\.html'"):
        writer(tmp_path).todo([(0, sheaf("new", (PATHS[0], PATHS[0])))])


@pytest.mark.parametrize("path", ["/etc/passwd", "claim/../../a.html", "claim//a.html", "a\\b.html"])
def test_a_path_out_of_the_site_is_an_error(path: str, tmp_path: Path) -> None:
    for part in (page(path), sheaf("key", (path,))):
        with pytest.raises(ValueError, match="leads out of the site"):
            writer(tmp_path).todo([(0, part)])

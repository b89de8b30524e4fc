"""Sources of every kind: documents, tables, exports of news databases, packed files; limits and what cannot be read."""

from __future__ import annotations

import io
import json
import stat
import tomllib
import zipfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import docx
import pypdf
import pytest
import source_samples as samples
from click.testing import CliRunner
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from source_samples import ONE, THREE, TITLE, TWO

import dragoman
from dragoman.cli import main
from dragoman.errors import CODES, UsageError
from dragoman.intake import ENDINGS, columns_told, read_sources
from dragoman.intake.decoding import DECLARED
from dragoman.intake.readers import READERS
from dragoman.records import Article, Field, Notice, Unread
from dragoman.settings import load

SETTINGS = load({})
SECOND = "Ministry denies that it ordered fire"
STORY = f"{TITLE}\n{ONE}\n{TWO}\n{THREE}"


def found(
    tmp_path: Path, name: str, data: bytes | str, columns: dict[str, str] | None = None, **limits: int
) -> list[Article | Unread | Notice]:
    (tmp_path / name).write_bytes(data.encode() if isinstance(data, str) else data)
    return list(read_sources([tmp_path / name], load({}, **limits), columns))


def articles(items: list[Article | Unread | Notice]) -> list[Article]:
    assert not [item for item in items if isinstance(item, Unread)]
    return [item for item in items if isinstance(item, Article)]


def one(items: list[Article | Unread | Notice]) -> Article:
    [article] = articles(items)
    return article


def notices(items: list[Article | Unread | Notice]) -> list[str]:
    return [item.message for item in items if isinstance(item, Notice)]


def unread(items: list[Article | Unread | Notice]) -> Unread:
    [item] = items
    assert isinstance(item, Unread) and item.code in CODES
    assert "\n" not in item.message and item.message.endswith(".")
    return item


# Documents


def test_word(tmp_path: Path) -> None:
    article = one(found(tmp_path, "a.docx", samples.word([TITLE, "By Jane Roe", "22 October 2019", ONE, TWO, THREE])))
    assert article.text == STORY
    assert (article.author, article.published, article.published_basis) == ("Jane Roe", "2019-10-22", "visible line")


def test_word_keeps_tables_breaks_and_insertions_and_leaves_out_deletions(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph(TITLE)
    document.add_table(1, 1).cell(0, 0).text = ONE
    document.add_paragraph(TWO).add_run().add_break()
    paragraph = document.paragraphs[-1]._p
    for tag, text in (("ins", THREE), ("del", "Nothing of this.")):
        kind = "w:t" if tag == "ins" else "w:delText"
        paragraph.append(
            docx.oxml.parse_xml(
                f'<w:{tag} xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" w:id="1">'
                f"<w:r><{kind}>{text}</{kind}></w:r></w:{tag}>"
            )
        )
    out = io.BytesIO()
    document.save(out)
    assert one(found(tmp_path, "a.docx", out.getvalue())).text == STORY


def test_rich_text(tmp_path: Path) -> None:
    article = one(found(tmp_path, "a.rtf", samples.rtf([TITLE, "", f"{ONE} The envoy’s café — closed.", "", TWO])))
    assert article.text == f"{TITLE}\n{ONE} The envoy’s café — closed.\n{TWO}"


def test_rich_text_shows_the_words_of_links_without_their_address(tmp_path: Path) -> None:
    link = r'{\field{\*\fldinst{HYPERLINK "https://example.org/x" }}{\fldrslt{\ul the committee said}}}'
    data = samples.rtf([TITLE, "", ONE.replace("the committee said", "@")]).replace(b"@", link.encode())
    assert one(found(tmp_path, "a.rtf", data)).text == f"{TITLE}\n{ONE}"


def test_web_archive(tmp_path: Path) -> None:
    page = f"<html><head><title>x</title></head><body><article><h1>{TITLE}</h1><p>{ONE}</p><p>{TWO} Café.</p></article>"
    for encoding, flags in (("utf-8", ()), ("windows-1252", (f"{DECLARED}: windows-1252",))):
        data = samples.mhtml(page, "https://example.org/inquiry", encoding)
        article = one(found(tmp_path, "a.mhtml", data))
        assert article.text == f"{TITLE}\n{ONE}\n{TWO} Café."
        # The day on which the page was saved is no day of publication.
        assert (article.url, article.published, article.flags) == ("https://example.org/inquiry", None, flags)


def test_pages_in_the_encoding_that_they_declare(tmp_path: Path) -> None:
    page = f'<meta charset="iso-8859-2"><article><h1>{TITLE}</h1><p>{ONE} Mr Wałęsa spoke.</p><p>{TWO}</p></article>'
    article = one(found(tmp_path, "a.html", page.encode("iso-8859-2")))
    assert "Wałęsa" in article.text and article.flags == (f"{DECLARED}: iso-8859-2",)


# PDF


def page_of(*blocks: tuple[str, float, float, float]) -> list[tuple[str, float, float, float]]:
    return [line for text, left, top, size in blocks for line in samples.wrapped(text, 60, left, top, size)]


def test_pdf_lines_become_paragraphs_over_pages(tmp_path: Path) -> None:
    first = page_of(
        (TITLE, 72, 700, 20), ("By Jane Roe", 72, 660, 10), ("22 October 2019", 72, 640, 10), (ONE, 72, 610, 10)
    )
    cut = TWO.index("had denied")
    pages = [
        [*first, *samples.wrapped(TWO[:cut], 60, 72, 572), ("The Morning Courier", 72, 770, 8), ("1", 300, 20, 8)],
        [
            *page_of((TWO[cut:], 72, 700, 10), (THREE, 72, 662, 10)),
            ("The Morning Courier", 72, 770, 8),
            ("2", 300, 20, 8),
        ],
    ]
    article = one(found(tmp_path, "a.pdf", samples.pdf(pages)))
    assert article.text == STORY
    assert (article.author, article.published) == ("Jane Roe", "2019-10-22")
    assert article.outlet == "The Morning Courier"
    heads = [piece.text for piece in article.furniture if "running head" in piece.why]
    assert heads == ["1", "The Morning Courier", "2"]


def test_pdf_paragraphs_that_are_only_set_in(tmp_path: Path) -> None:
    lines: list[tuple[str, float, float, float]] = []
    for text in (ONE, TWO, THREE):
        top = lines[-1][2] - 12 if lines else 700
        first, *rest = samples.wrapped(text, 40, 72, top)
        lines.extend([(first[0], 90, *first[2:]), *rest])
    assert one(found(tmp_path, "a.pdf", samples.pdf([lines]))).text.split("\n") == [ONE, TWO, THREE]


def test_pdf_hyphens_at_the_end_of_a_line(tmp_path: Path) -> None:
    lines = [
        "The Iran-backed militias of the govern-",
        "ment deny it. Iran-",
        "backed groups of al-",
        "Maliki say that Iran sent help.",
    ]
    article = one(
        found(tmp_path, "a.pdf", samples.pdf([[(text, 72, 700 - 12 * n, 10) for n, text in enumerate(lines)]]))
    )
    assert article.text == (
        "The Iran-backed militias of the government deny it. Iran-backed groups of al-Maliki say that Iran sent help."
    )


def encrypted(password: str) -> bytes:
    writer = pypdf.PdfWriter(io.BytesIO(samples.pdf([page_of((TITLE, 72, 700, 20), (ONE, 72, 660, 10))])))
    writer.encrypt(password, "owner", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_pdf_with_a_password(tmp_path: Path) -> None:
    assert unread(found(tmp_path, "a.pdf", encrypted("secret"))).code == "S010"
    # One that is only locked against changes opens without.
    assert one(found(tmp_path, "b.pdf", encrypted(""))).text == f"{TITLE}\n{ONE}"


def test_pdf_without_text_or_with_too_many_pages(tmp_path: Path) -> None:
    scan = unread(found(tmp_path, "a.pdf", samples.pdf([[]])))
    assert scan.code == "S004" and "OCR" in scan.message
    many = samples.pdf([page_of((ONE, 72, 700, 10))] * 4)
    assert unread(found(tmp_path, "b.pdf", many, most_pages=3)).code == "S007"


# Exports of news databases

EXPORTS = {
    "Nexis Uni": samples.NEXIS_UNI,
    "LexisNexis": samples.LEXIS_NEXIS,
    "Factiva": samples.FACTIVA,
    "Factiva coded": samples.FACTIVA_CODED,
}
CARRIERS: dict[str, Callable[[str], bytes]] = {
    ".txt": str.encode,
    ".rtf": lambda text: samples.rtf(text.split("\n")),
    ".docx": lambda text: samples.word(text.split("\n")),
}


@pytest.mark.parametrize("ending", CARRIERS)
@pytest.mark.parametrize("layout", EXPORTS)
def test_exports(tmp_path: Path, layout: str, ending: str) -> None:
    items = found(tmp_path, f"x{ending}", CARRIERS[ending](EXPORTS[layout]))
    [notice] = notices(items)
    assert layout.partition(" coded")[0] in notice and notice.endswith("articles in it: 2.")
    first, second = articles(items)
    assert [article.source.rpartition("/")[2] for article in (first, second)] == [f"x{ending}:1", f"x{ending}:2"]
    assert (first.title, second.title) == (TITLE, SECOND)
    assert (first.outlet, second.outlet) == ("The Morning Courier", "The Evening Post")
    assert first.author is not None and first.author.lower().startswith("jane roe")
    assert first.published is not None and first.published.startswith("2019-10-22")
    assert second.published == "2019-10-23"
    kept = first.text.removeprefix(TITLE).strip().removeprefix(str(first.standfirst or "")).strip()
    assert kept == "\n".join((ONE, TWO) if layout == "LexisNexis" else (ONE, TWO, THREE))
    assert second.text.endswith(f"{TWO}\n{THREE}")
    assert Field("length", "143 words") in first.other


def test_nexis_uni_says_all_that_its_head_and_foot_say(tmp_path: Path) -> None:
    first, second = articles(found(tmp_path, "x.txt", samples.NEXIS_UNI))
    assert (first.standfirst, first.place) == ("What the committee found, and what it left out", "Baghdad")
    assert first.published == "2019-10-22T17:40Z"
    assert {field.name for field in first.other} == {
        *("copyright", "section", "length", "language", "publication-type", "subject", "load-date")
    }
    whys = {piece.text: piece.why for piece in first.furniture}
    assert whys["A soldier stands on a bridge in Baghdad. Photograph: agencies"] == "caption"
    assert whys["Job Number: = 108912345"] == "beside the articles of the export"
    assert second.place == "Baghdad"


def test_factiva_keeps_its_ids_and_subjects(tmp_path: Path) -> None:
    first, second = articles(found(tmp_path, "x.txt", samples.FACTIVA_CODED))
    assert (first.user_id, second.user_id) == ("MOCOUR0020191022efam00001", "EVPOST0020191023efan0000a")
    assert Field("regions", "iraq : Iraq") in first.other
    plain = articles(found(tmp_path, "y.txt", samples.FACTIVA))[0]
    assert plain.published == "2019-10-22T17:40Z"
    assert "Search Summary" in [piece.text for piece in plain.furniture]


def test_an_export_that_is_cut_off_loses_no_article(tmp_path: Path) -> None:
    for export, last in ((samples.NEXIS_UNI, "End of Document"), (samples.FACTIVA, "Document EVPOST")):
        assert articles(found(tmp_path, "x.txt", export[: export.rindex(last)]))[1].title == SECOND


def test_what_is_no_export_is_one_article(tmp_path: Path) -> None:
    text = f"{TITLE}\n\n{ONE} The document of 3 October is 60 words long.\n\n{TWO}\n\nEnd of Document\n"
    assert one(found(tmp_path, "x.txt", text)).title == TITLE


def test_an_article_of_an_export_that_cannot_be_read_does_not_stop_the_others(tmp_path: Path) -> None:
    french = "Des manifestants ont pénétré mercredi soir dans le consulat et ont mis le feu au bâtiment."
    items = found(tmp_path, "x.txt", samples.FACTIVA.replace(THREE, "").replace(ONE, french).replace(TWO, french, 1))
    codes = [item.code if isinstance(item, Unread) else None for item in items if not isinstance(item, Notice)]
    assert codes == ["S005", None]


# Tables

ROWS = [
    ["Headline", "Body", "Pub. Date", "Publication", "Section"],
    [TITLE, f"{ONE}\n{TWO}", "22/10/2019", "The Morning Courier", "World"],
    [SECOND, f"{TWO} {THREE}", "3/11/2019", "The Evening Post", ""],
]


def csv_of(rows: list[list[str]], separator: str = ",") -> str:
    return "\r\n".join(separator.join(f'"{cell}"' for cell in row) for row in rows)


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_csv_with_guessed_columns(tmp_path: Path, separator: str) -> None:
    items = found(tmp_path, "x.csv", csv_of(ROWS, separator))
    guess = "text = Body, title = Headline, outlet = Publication, published = Pub. Date"
    assert [message for message in notices(items) if guess in message]
    first, second = articles(items)
    assert first.text == f"{TITLE}\n{ONE}\n{TWO}"
    # Day first, as the column's other dates tell.
    assert (first.published, second.published) == ("2019-10-22", "2019-11-03")
    assert second.published_basis == "column Pub. Date"
    assert (first.other, second.other) == ((Field("Section", "World"),), ())
    assert f"columns guessed: {guess}" in first.flags
    assert second.source.endswith("x.csv:4")


def test_columns_told_are_not_guessed(tmp_path: Path) -> None:
    rows = [["Text", "Body", "When"], ["a note of ours", ONE, "2019-10-22"]]
    items = found(tmp_path, "x.csv", csv_of(rows), {"text": "Body", "published": "when"})
    article = one(items)
    assert (article.text, article.published, notices(items)) == (ONE, "2019-10-22", [])
    assert article.other == (Field("Text", "a note of ours"),)


def test_a_column_of_running_text_is_the_text_whatever_its_name(tmp_path: Path) -> None:
    items = found(tmp_path, "x.csv", csv_of([["Q7", "Q8"], ["12", f"{ONE} {TWO}"], ["13", f"{TWO} {THREE}"]]))
    assert [article.text for article in articles(items)] == [f"{ONE} {TWO}", f"{TWO} {THREE}"]
    assert "text = Q8" in notices(items)[0]


def test_dates_that_may_begin_with_day_or_month_are_not_kept(tmp_path: Path) -> None:
    article = one(found(tmp_path, "x.csv", csv_of([["text", "published"], [ONE, "03/01/2020"]])))
    assert article.published is None and any("day or the month" in flag for flag in article.flags)


@pytest.mark.parametrize(
    ("rows", "columns", "code"),
    [
        ([["a", "b"], ["1", "2"]], {}, "S011"),
        ([["a", "b"], ["1", ONE]], {"text": "c"}, "S011"),
        ([["text", "title"]], {}, "S004"),
        ([["text", "title"], ["", "A title"]], {}, "S004"),
    ],
)
def test_tables_without_text(tmp_path: Path, rows: list[list[str]], columns: dict[str, str], code: str) -> None:
    item = unread(found(tmp_path, "x.csv", csv_of(rows), columns))
    assert item.code == code
    if code == "S011":
        assert "a, b" in item.message and "--map" in item.message


def test_csv_whose_quotation_is_never_closed(tmp_path: Path) -> None:
    item = unread(found(tmp_path, "x.csv", f'text,title\n{ONE.replace(",", "")},a\n"{TWO.replace(",", "")}'))
    assert item.code == "S012" and "line 3" in item.message


def test_excel_with_days_and_sheets(tmp_path: Path) -> None:
    rows = [
        ["Title", "Text", "Date", "Page"],
        [TITLE, ONE, datetime(2019, 10, 22), 4.0],
        [],
        [SECOND, TWO, datetime(2019, 10, 23, 14, 5), None],
    ]
    items = found(tmp_path, "x.xlsx", samples.excel({"Iraq": rows, "Empty": []}))
    first, second = articles(items)
    assert (first.published, second.published) == ("2019-10-22", "2019-10-23T14:05:00")
    assert first.other == (Field("Page", "4"),)
    assert second.source.endswith("x.xlsx:4")
    two = articles(found(tmp_path, "y.xlsx", samples.excel({"Iraq": rows, "Iran": [["Text"], [THREE]]})))
    assert [article.source.rpartition("/")[2] for article in two] == ["y.xlsx:Iraq:2", "y.xlsx:Iraq:4", "y.xlsx:Iran:2"]


def test_json_records_with_names_of_their_own(tmp_path: Path) -> None:
    record = {"headline": TITLE, "content": ONE, "publishedAt": "2019-10-22T17:40Z", "source": {"name": "x"}, "rank": 3}
    items = found(tmp_path, "x.jsonl", "\n".join([json.dumps(record)] * 2))
    assert len(notices(items)) == 1 and "text = content" in notices(items)[0]
    article = articles(items)[0]
    assert (article.title, article.published) == (TITLE, "2019-10-22T17:40Z")
    assert article.other == (Field("source", '{"name": "x"}'), Field("rank", "3"))


PROMPTS = "Sign up to our newsletter\n\nRead more: Another story of the day"


@pytest.mark.parametrize("name", ["x.jsonl", "x.csv", "x.xlsx"])
def test_prompts_in_the_text_of_a_record_are_set_aside(name: str, tmp_path: Path) -> None:
    text = f"{ONE}\n\n{PROMPTS}\n\n{TWO}"
    record = {"title": TITLE, "text": text}
    rows = [list(record), list(record.values())]
    quoted = "\n".join(",".join(f'"{cell}"' for cell in row) for row in rows)
    data = {"x.jsonl": json.dumps(record), "x.csv": quoted, "x.xlsx": samples.excel({"Sheet": rows})}[name]
    article = one(found(tmp_path, name, data))
    assert article.text == f"{TITLE}\n{ONE}\n{TWO}"
    assert [(piece.why, piece.text) for piece in article.furniture] == [
        ("newsletter prompt", "Sign up to our newsletter"),
        ("related links", "Read more: Another story of the day"),
    ]


def test_a_record_that_is_all_prompts_is_no_article(tmp_path: Path) -> None:
    assert unread(found(tmp_path, "x.jsonl", json.dumps({"text": PROMPTS}))).code == "S004"


def test_markup_is_taken_out_of_the_text_of_a_record(tmp_path: Path) -> None:
    text = f"<p>{ONE}</p><aside>Most read</aside><p>{TWO.replace('ministry', '<b>ministry</b>')}</p>"
    article = one(found(tmp_path, "x.jsonl", json.dumps({"title": TITLE, "text": text})))
    assert article.text == f"{TITLE}\n{ONE}\n{TWO}" and article.flags == ("markup taken out of the text",)
    assert [piece.text for piece in article.furniture] == ["Most read"]
    plain = one(found(tmp_path, "x.jsonl", json.dumps({"text": f"{ONE} If a < b and b > c, so be it."})))
    assert plain.text.endswith("a < b and b > c, so be it.") and plain.flags == ()


def test_an_export_of_ours_that_somebody_has_spoiled_is_still_read(tmp_path: Path) -> None:
    spoiled = {"text": ONE, "furniture": [1, {"text": 2}], "flags": None, "other": [{}], "bases": [], "near_copy_of": 0}
    article = one(found(tmp_path, "x.jsonl", json.dumps(spoiled | {"version_of": 0, "published_basis": None})))
    assert (article.text, article.furniture, article.other) == (ONE, (), ())


def test_our_own_export_comes_back_as_it_was(tmp_path: Path) -> None:
    first = articles(found(tmp_path, "x.txt", samples.NEXIS_UNI))[0]
    (tmp_path / "from").mkdir()
    with dragoman.open(tmp_path / "x.db") as archive:
        archive.read(tmp_path / "x.txt")
        archive.export("articles", tmp_path / "from" / "articles.jsonl")
    items = list(read_sources([tmp_path / "from"], SETTINGS))
    again = next(article for article in articles(items) if article.title == first.title)
    assert not notices(items)
    assert (again.id, again.text, again.other) == (first.id, first.text, first.other)
    assert (again.furniture, again.bases) == (first.furniture, first.bases)
    assert (again.published, again.published_basis) == (first.published, first.published_basis)


@pytest.mark.parametrize("pair", ["text", "=x", "text=", "words=Body"])
def test_maps_that_mean_nothing_are_refused(pair: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        columns_told([pair])
    assert CliRunner().invoke(main, ["read", str(tmp_path), "--map", pair]).exit_code == 2


def test_the_command_line_maps_columns_shows_guesses_and_lists_what_was_not_read(tmp_path: Path) -> None:
    folder, archive = tmp_path / "in", str(tmp_path / "x.db")
    folder.mkdir()
    (folder / "x.csv").write_text(csv_of([["Body", "Words", "Date"], ["12", ONE, "2019-10-22"]]), encoding="utf-8")
    (folder / "y.pdf").write_bytes(encrypted("secret"))
    result = CliRunner().invoke(main, ["read", str(folder), "--archive", archive, "--map", "text=Words"])
    assert result.exit_code == 3
    assert "1 articles read" in result.output and "published = Date" in result.output and "[S010]" in result.output
    shown = CliRunner().invoke(main, ["show", "unread", "--archive", archive])
    assert shown.exit_code == 0 and "S010" in shown.output and "y.pdf" in shown.output


# Packed files


def test_zip_is_read_like_a_folder(tmp_path: Path) -> None:
    files = {
        "deep/a.txt": STORY.encode(),
        "b.rtf": samples.rtf([SECOND, "", TWO]),
        "x.csv": csv_of(ROWS).encode(),
        "README.md": b"no source",
        "__MACOSX/._a.txt": b"no source",
        ".hidden.txt": b"no source",
        "c.exe": b"MZ",
        "d.zip": samples.packed({"a.txt": STORY.encode()}),
    }
    items = found(tmp_path, "x.zip", samples.packed(files))
    sources = [item.source.rpartition("x.zip/")[2] for item in items if not isinstance(item, Notice)]
    assert sources == ["b.rtf", "c.exe", "d.zip", "deep/a.txt", "x.csv:2", "x.csv:4"]
    assert [item.code for item in items if isinstance(item, Unread)] == ["S002", "S002"]


def test_names_in_a_zip_are_never_paths(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    names = ["../up.txt", "/etc/root.txt", "C:\\win.txt", "..\\up2.txt"]
    items = found(folder, "x.zip", samples.packed({name: STORY.encode() for name in names}))
    assert len(articles(items)) == len(names)
    assert [path.name for path in tmp_path.rglob("*")] == ["in", "x.zip"]


def test_zip_members_that_cannot_be_read_do_not_stop_the_others(tmp_path: Path) -> None:
    data = bytearray(samples.packed({"a.txt": STORY.encode(), "b.txt": STORY.encode(), "c.txt": STORY.encode()}))
    data[data.index(b"PK\x01\x02") + 8] |= 1  # the flag of a password on the first
    second = data.index(b"PK\x03\x04", 4)
    data[second + 40] ^= 0xFF  # a broken byte in the second
    items = found(tmp_path, "x.zip", bytes(data))
    assert [item.code if isinstance(item, Unread) else "" for item in items] == ["S010", "S012", ""]


def test_links_in_a_zip_are_not_followed(tmp_path: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        link = zipfile.ZipInfo("a.txt")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
    assert unread(found(tmp_path, "x.zip", out.getvalue())).code == "S009"


@pytest.mark.parametrize(
    ("limits", "code"),
    [({"most_members": 1}, "S013"), ({"largest_unpacked": 100}, "S013"), ({"largest_file": 600}, "S007")],
)
def test_limits_of_a_zip(tmp_path: Path, limits: dict[str, int], code: str) -> None:
    data = samples.packed({"a.txt": b"word " * 1000, "b.txt": b"word " * 1000})
    assert {item.code for item in found(tmp_path, "x.zip", data, **limits) if isinstance(item, Unread)} == {code}


def test_bombs_are_not_unpacked(tmp_path: Path) -> None:
    bomb = samples.packed({"a.txt": bytes(40_000_000)})
    assert len(bomb) < 50_000
    for name in ("x.zip", "x.docx", "x.xlsx"):
        item = unread(found(tmp_path, name, bomb))
        assert item.code == "S013" and "times its size" in item.message


# What cannot be read


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 and more", "S010"),
        ("a.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 and more", "S010"),
        ("a.docx", b"no archive", "S012"),
        ("a.docx", samples.packed({"word/document.xml": b"<w"}), "S012"),
        ("a.xlsx", samples.packed({"x": b""}), "S012"),
        ("a.zip", b"no archive", "S012"),
        ("a.zip", samples.packed({}), "U002"),
        ("a.pdf", b"%PDF-1.4 and no more", "S012"),
        ("a.rtf", b"plain text", "S006"),
        ("a.mhtml", b"plain text", "S006"),
        ("a.csv", b"", "S004"),
        ("a.xlsx", samples.excel({"x": []}), "S004"),
        ("a.docx", samples.word([]), "S004"),
        (
            "a.txt",
            "اقتحم متظاهرون مساء الأربعاء القنصلية الإيرانية في مدينة النجف وأضرموا النار فيها".encode("cp1256"),
            "S014",
        ),
        (
            "a.txt",
            "Des manifestants ont pénétré mercredi soir dans le bâtiment et y ont mis le feu.".encode("cp1252"),
            "S005",
        ),
    ],
)
def test_unread(tmp_path: Path, name: str, data: bytes, code: str) -> None:
    assert unread(found(tmp_path, name, data)).code == code


def test_a_monstrous_page_is_refused_and_inlined_pictures_do_not_count(tmp_path: Path) -> None:
    page = f"<article><h1>{TITLE}</h1><p>{ONE}</p>@<p>{TWO}</p><p>{THREE}</p></article>"
    picture = f'<img src="data:image/png;base64,{"A" * 50_000}">'
    assert one(found(tmp_path, "a.html", page.replace("@", picture), largest_page=20_000)).text == STORY
    item = unread(found(tmp_path, "b.html", page.replace("@", "<div>" * 10_000), largest_page=20_000))
    assert item.code == "S007"


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("a.rtf", rb"{\rtf1 " + rb'{\field{\*\fldinst{HYPERLINK "a"}}{\fldrslt b}}' * 20_000 + b"}", "S005"),
        ("a.rtf", rb"{\rtf1 {\fonttbl " + rb"\f1" * 200_000 + b"}}", "S012"),
        (
            "a.mhtml",
            b"".join(b'Content-Type: multipart/x; boundary="%d"\r\n\r\n--%d\r\n' % (n, n) for n in range(999)),
            "S013",
        ),
        ("a.csv", b"text," * 20_000, "S013"),
        ("a.html", b"<![CDATA[" * 400_000 + b">", "S004"),
        (
            "a.pdf",
            b"%PDF-1.4\n" + b" " * 5_000_000 + b"\nxref\n0 0\ntrailer << /Size 90000 >>\nstartxref\n5000010\n%%EOF",
            "S012",
        ),
    ],
)
def test_files_made_to_take_for_ever_do_not(tmp_path: Path, name: str, data: bytes, code: str) -> None:
    """There is no clock here: without its guard each of these takes minutes."""
    assert unread(found(tmp_path, name, data)).code == code


def test_a_section_that_html_does_not_know_is_a_comment(tmp_path: Path) -> None:
    page = f"<article><h1>{TITLE}</h1><![OCTYPE x><p>{ONE}</p><![endif]><p>{TWO}</p><p>{THREE}</p></article>"
    assert one(found(tmp_path, "a.html", page)).text == STORY


@hypothesis_settings(max_examples=60)
@given(ending=st.sampled_from(sorted(ENDINGS)), data=st.binary(max_size=300), place=st.integers(0, 4000))
def test_no_file_crashes(tmp_path_factory: pytest.TempPathFactory, ending: str, data: bytes, place: int) -> None:
    """Random bytes, and random bytes in the middle of a sound file."""
    sound = WHOLE.get(ending, STORY.encode())
    place %= len(sound) + 1
    for content in (data, sound[:place] + data + sound[place + len(data) :], sound[:place]):
        path = tmp_path_factory.getbasetemp() / f"x{ending}"
        path.write_bytes(content)
        for item in read_sources([path], SETTINGS):
            assert not isinstance(item, Unread) or item.code in CODES


WHOLE = {
    ".docx": samples.word([TITLE, ONE]),
    ".pdf": samples.pdf([page_of((TITLE, 72, 700, 20), (ONE, 72, 660, 10))]),
    ".rtf": samples.rtf([TITLE, ONE]),
    ".xlsx": samples.excel({"x": ROWS}),
    ".zip": samples.packed({"a.txt": STORY.encode()}),
    ".csv": csv_of(ROWS).encode(),
    ".mhtml": samples.mhtml(f"<h1>{TITLE}</h1><p>{ONE}</p>", None),
}


def test_every_ending_has_a_reader() -> None:
    assert set(ENDINGS) == {*READERS, ".zip"}


def test_the_documentation_lists_every_ending_and_code() -> None:
    page = (Path(__file__).resolve().parents[1] / "docs" / "formats-in.md").read_text(encoding="utf-8")
    assert all(f"`{ending}`" in page for ending in ENDINGS)
    assert all(f"| {code} |" in page for code in CODES if code.startswith("S"))


# The demonstration corpus

DEMO = Path(__file__).resolve().parents[1] / "examples" / "iraq-2020"


@pytest.fixture(scope="module")
def demo() -> list[Article | Unread | Notice]:
    return list(read_sources([DEMO], SETTINGS))


def test_the_demo_holds_every_format(demo: list[Article | Unread | Notice]) -> None:
    same = {".htm": ".html", ".mht": ".mhtml", ".ndjson": ".jsonl", ".tsv": ".csv"}
    assert {path.suffix for path in DEMO.iterdir()} >= {same.get(ending, ending) for ending in ENDINGS}
    read = " ".join(notices(demo))
    assert "Nexis Uni" in read and "Factiva" in read


def test_the_manifest_names_every_page_of_the_demo(demo: list[Article | Unread | Notice]) -> None:
    entries = tomllib.loads((DEMO / "manifest.toml").read_text(encoding="utf-8"))["article"]
    listed = {entry["file"] + (f"#{entry['id']}" if "id" in entry else "") for entry in entries}
    pages = set()
    for item in demo:
        name, _, number = item.source.partition(":")
        if isinstance(item, Article) and number:
            exported = name.startswith(("nexis", "factiva"))
            name = f"{name}#{number if exported else item.user_id}"
        if not isinstance(item, Notice):
            pages.add(name)
    assert pages == listed
    assert all(planted["with"] in listed for entry in entries for planted in entry.get("planted", ()))


def test_every_page_of_the_demo_says_that_it_was_written_for_demonstration(
    demo: list[Article | Unread | Notice],
) -> None:
    for item in demo:
        if isinstance(item, Article):
            said = [item.text, *(piece.text for piece in item.furniture), *(field.value for field in item.other)]
            assert any("Written for demonstration by the Dragoman project" in text for text in said), item.source


def test_the_demo_is_read_with_its_metadata(demo: list[Article | Unread | Notice]) -> None:
    found = {item.source: item for item in demo if isinstance(item, Article)}
    for name, outlet, author, published in (
        ("2020-01-04-procession-london.pdf", "The London Morning Ledger", "Idris Fenwick", "2020-01-04T23:48Z"),
        ("2019-12-29-airstrikes-london.mhtml", "The London Morning Ledger", "Idris Fenwick", "2019-12-29T22:55Z"),
        ("nexis-uni-london.docx:1", "The London Morning Ledger", "Idris Fenwick", "2020-01-28T12:10Z"),
        ("factiva-meridian.rtf:2", "Meridian Wire", "Tobias Penhale", "2020-01-25"),
        ("meridian-2019.csv:2", "Meridian Wire", "Tobias Penhale", "2019-10-06"),
        ("meridian-pages.zip/pages/2020-01-10-delegation-wire.txt", "Meridian Wire", "Lena Castellan", "2020-01-10"),
    ):
        article = found[name]
        assert (article.outlet, article.author, article.published) == (outlet, author, published)
    assert "al-Maliki" in found["2020-01-04-procession-london.pdf"].text

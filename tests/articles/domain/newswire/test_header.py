from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.domain.newswire.header import read_header

STORY = (
    " date 2024-05-30 SHYMKENT, Kazakhstan, May 30. President of Kazakhstan, Aibek Sarsen, opened the 12th "
    "session of the Assembly of Farmers of Kazakhstan, a body with over 100 members, Steppe Herald reports."
    "\n\nIt was founded in 1995."
)


def test_a_dated_header_and_the_agency_at_the_end_of_the_sentence() -> None:
    found = read_header(STORY)
    assert found.published_on == date(2024, 5, 30)
    assert (found.dateline, found.place, found.country) == (
        "SHYMKENT, Kazakhstan, May 30",
        "SHYMKENT",
        "Kazakhstan",
    )
    assert found.agency == "Steppe Herald"
    assert STORY[found.body_start :].startswith("President of Kazakhstan")
    assert found.place_at is not None
    assert STORY[slice(*found.place_at)] == "SHYMKENT"


@pytest.mark.parametrize(
    ("text", "place", "agency"),
    [
        ("BERGEN, Norway, Feb. 11 (Northline) — The harbour", "BERGEN", "Northline"),
        ("LONDON (Meridian) - Shares rose", "LONDON", "Meridian"),
        ("ALMATY. May 3. SteppeTAG - The city", "ALMATY", "SteppeTAG"),
        ("КАЗАНЬ, 3 мая. /Волга/ — Президент", "КАЗАНЬ", "Волга"),
        ("İZMİR, 12 Nisan — Köprü", "İZMİR", ""),
        ("PARIS. The city", "PARIS", ""),
        ("АСТАНА, 14 маусым. Фестиваль", "АСТАНА", ""),
        ("КАЗАНЬ, 3 мая. /Волга/ Президент", "КАЗАНЬ", "Волга"),
        ("КАЗАНЬ, 3 мая. /Волга/. Президент", "КАЗАНЬ", "Волга"),
        ("КАЗАНЬ, 3 мая - ВИА Волга. Президент", "КАЗАНЬ", "ВИА Волга"),
        ("Казань. 3 мая. VOLGA.RU - Президент", "Казань", "VOLGA.RU"),
        ("Шымкент. 30 мамыр. ДалаТАГ – Президент", "Шымкент", "ДалаТАГ"),
        ("ŞIRNAK (AA) - Köprü", "ŞIRNAK", "AA"),
        ("HAMBURG, 30. Mai (ndk) - Die", "HAMBURG", "ndk"),
        ("LYON, 30 mai (Meridian) - Le", "LYON", "Meridian"),
        ("OSLO, May 30 (Northline) -- The", "OSLO", "Northline"),
        ("OSLO, May 30 /Northline/ -- The", "OSLO", "Northline"),
        ("Baku, Azerbaijan, May 30, Steppe: The", "Baku", "Steppe"),
        ("Baku, May 30, STEPPE\r\n\r\nThe", "Baku", "STEPPE"),
        ("ST. ALBANS, Fla. (Meridian) — The", "ST. ALBANS", "Meridian"),
        ("RIO DE JANEIRO/LIMA (Meridian) - The", "RIO DE JANEIRO/LIMA", "Meridian"),
        ("(Meridian) - Shares", "", "Meridian"),
        ("\ufeff\n OSLO (Meridian) - The", "OSLO", "Meridian"),
        ("حلب 30 مايو (الشمال) - قال", "حلب", "الشمال"),
        ("远山社杭州5月30日电 茶楼", "杭州", "远山社"),
        ("远山晚报昆明4月3日电　高铁", "昆明", "远山晚报"),
        ("OSLO, May 3. “We", "OSLO", ""),
        ("OSLO, Nov. 8, 2023 — The", "OSLO", ""),
        ("BREAKING NEWS — The", "", ""),
        ("NATO. The", "", ""),
        ("On May 30. The", "", ""),
        ("Monday, May 3. Then", "", ""),
        ("The minister said on Monday. Then", "", ""),
        ("Oslo — the capital", "", ""),
        ("", "", ""),
    ],
)
def test_datelines(text: str, place: str, agency: str) -> None:
    found = read_header(text)
    assert (found.place, found.agency) == (place, agency)


@pytest.mark.parametrize(
    ("text", "agency"),
    [
        ("It opened, Steppe Herald reports.", "Steppe Herald"),
        ("It opened, reports Kazinform.", "Kazinform"),
        ("It opened, as the Steppe Herald reported.", "Steppe Herald"),
        ("It opened, Steppe News Agency reports citing it.", "Steppe News Agency"),
        ("Мост открыт, передает СтепьТАГ.", "СтепьТАГ"),
        ("Мост открыт, передаёт корреспондент Степь.", "Степь"),
        ("Мост открыт, сообщает агентство «Волга-Информ».", "Волга-Информ"),
        ("Мост открыт, передаёт Степной вестник.", "Степной вестник"),
        ("Мост открыт, сообщает «Степной вестник».", "Степной вестник"),
        ("Об этом сообщает ТАСС.", "ТАСС"),
        ("Көпір ашылды, деп хабарлайды DALA.KZ тілшісі.", "DALA.KZ"),
        ("Köprü açıldı, BozTA bildirdi.", "BozTA"),
        ("据远山社报道，大桥通车。", "远山社"),
        ("وذكرت وكالة رويترز أن الجسر فتح.", "رويترز"),
        ("Көпір ашылды, деп хабарлайды «Дала үні».", "Дала үні"),
        ("فتح الجسر، حسب صحيفة النهر.", "صحيفة النهر"),
        ("Crime fell, Police reports.", ""),
        ("It rose, Monday reports said.", ""),
        ("Об этом сообщает Иванов.", ""),
        ("Köprü açık, Ayşe Yıldız bildirdi.", ""),
    ],
)
def test_the_agency_that_the_story_names(text: str, agency: str) -> None:
    for story in (text, "A long story. " * 200 + text):
        found = read_header(story)
        assert found.agency == agency
        assert story[slice(*(found.agency_at or (0, 0)))] == agency


def test_lines_above_the_dateline() -> None:
    text = "Harbour reopens\r\nBy Mara Holm\r\n\r\nBERGEN, Norway, Feb. 11 (Northline) — The harbour"
    found = read_header(text)
    assert (found.headline, found.byline, found.place) == ("Harbour reopens", "Mara Holm", "BERGEN")
    assert text[found.body_start :] == "The harbour"


def test_a_word_in_capitals_below_the_first_line_is_no_dateline() -> None:
    assert read_header("A headline\n\nOSLO — The city").dateline == ""


@pytest.mark.parametrize(
    ("header", "dateline", "expected"),
    [
        ("2024-05-30", "May 30", date(2024, 5, 30)),
        ("2024-01-01", "Dec. 31", date(2023, 12, 31)),
        ("2023-12-31", "Jan. 1", date(2024, 1, 1)),
        ("2024-03-01", "Feb. 29", date(2024, 2, 29)),
        ("0001-01-01", "Dec. 31", date(1, 12, 31)),
        ("2024-05-30", "May 32", None),
    ],
)
def test_the_day_of_the_dateline_takes_its_year_from_the_header(
    header: str, dateline: str, expected: date | None
) -> None:
    found = read_header(f" date {header} OSLO, Norway, {dateline}. The city")
    assert found.dateline_on == expected
    assert found.published_on == date.fromisoformat(header)


def test_a_year_is_never_guessed() -> None:
    assert read_header("OSLO, May 3. The city").published_on is None
    assert read_header("OSLO, May 3, 2024 — The city").published_on == date(2024, 5, 3)


def test_a_date_that_does_not_exist_is_no_date() -> None:
    assert read_header(" date 2024-13-45 OSLO. The").published_on is None


@given(st.text(st.sampled_from("Aa .,—-(/)1date20é\n社电月日新👩") | st.characters(), max_size=200))
def test_any_text_gives_offsets_inside_it(text: str) -> None:
    found = read_header(text)
    assert 0 <= found.body_start <= len(text)
    for place in (found.place_at, found.country_at, found.agency_at):
        assert place is None or 0 <= place[0] < place[1] <= len(text)


HOSTILE = (
    "A",
    "A, ",
    "Aa ",
    "A/",
    "A-",
    "(A",
    "\n",
    " ",
    "MAY 1 ",
    "reports ",
    ", A B C ",
    "据社",
    "新",
    "ا ",
    "date 2024-01-01 ",
)


@pytest.mark.parametrize("piece", HOSTILE)
def test_a_hostile_text_is_read_at_its_edges_only(piece: str) -> None:
    read_header(piece * 300_000)

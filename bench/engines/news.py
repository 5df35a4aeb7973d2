"""News in English of 1,600 characters an article, made from a few sentences and many names, the same every time."""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import product

import orjson

# Names of a gazetteer, and code points of an article.
NAMES = 50_000
LENGTH = 1_600
FIRST = """Mara Aru Rolf Ingrid Dana Tomas Selma Viktor Aisha Henrik Lena Marcus Olga Samuel Yusuf Clara Petra
Noah Ruth Anders Leila Hugo Mina Edgar Sofia Karim Nora Felix Irina Oskar""".split()
LAST = """Ellingsen Sadykova Brandt Okafor Lindqvist Moreau Petrov Haddad Novak Eriksen Castellano Whitfield
Tanaka Osei Marchetti Kowalski Bergstrom Aliyev Rahman Fontaine Keller Dragan Holloway Virtanen Abara""".split()
FIRMS = ("Press", "Energy", "Shipping", "Bank", "Airways", "Steel", "Telecom", "Foods", "Motors", "Pharma")
STEMS = """Northline Harbourgate Silverbrook Eastmark Caldera Bluewater Granite Meridian Oakfield Polaris Redstone
Summit Tidewater Vanguard Westbridge Ironwood Kestrel Larkspur Novagen Aurelia""".split()
PLACES = """Bergen Almaty Lagos Oslo Nairobi Hamburg Lyon Porto Gdansk Tallinn Astana Montreal Denver Osaka
Adelaide Valencia Antwerp Leeds Quito Hanoi""".split()
SENTENCES = (
    "{person} of {firm} said on Monday that the company would invest $14 million in {place}.",
    "Shares of {firm} fell 3.2 percent after the regulator in {place} opened an inquiry.",
    "“We did not expect this,” {person} told reporters, adding that talks with {firm} would go on.",
    "The mayor of {place}, {person}, opened a bridge that took four years and 220 workers to build.",
    "Police in {place} said two men were arrested near the harbour late on Thursday evening.",
    "{firm} and {firm} signed an agreement in {place} last week, according to {person}.",
    "The storm left about 12,000 homes without power, and schools stayed closed for a second day.",
    "In 2019 {person} left {firm} to teach at the University of {place}.",
    "Nobody was hurt, but trains between {place} and {place} were late by up to three hours.",
    "A spokeswoman for {firm}, {person}, declined to say how many jobs would be lost.",
    "The council will vote on the budget before the end of March, and few expect it to pass.",
    "It was the first time since the war that the museum had lent the painting abroad.",
)


def texts(count: int, seed: int = 5) -> Iterator[str]:
    """Articles of LENGTH characters or a little less."""
    chance = random.Random(seed)  # noqa: S311 - a corpus, not a secret
    for number in range(count):
        text = f"{chance.choice(PLACES).upper()}, story {number}."
        while len(text) < LENGTH - 120:
            text += ("\n\n" if chance.random() < 0.3 else " ") + _sentence(chance)
        yield text


def jsonl(articles: Iterator[str]) -> bytes:
    """The articles as one file."""
    records = ({"external_id": f"n{n}", "text": text, "language": "en"} for n, text in enumerate(articles))
    return b"".join(orjson.dumps(one, option=orjson.OPT_APPEND_NEWLINE) for one in records)


def names(count: int) -> list[tuple[str, str]]:
    """`count` names with their labels: every second one that the articles can hold, and many that they never do."""
    there = [(f"{first} {last}", "PERSON") for first, last in product(FIRST, LAST)]
    there += [(f"{stem} {firm}", "ORG") for stem, firm in product(STEMS, FIRMS)]
    there = [*there[::2], *((place, "GPE") for place in PLACES[::2])]
    chance = random.Random(3)  # noqa: S311 - a corpus, not a secret
    rest = (f"{chance.choice(FIRST)} {_surname(chance)}" for _ in range(count * 2))
    return list(dict.fromkeys([*there, *((name, "PERSON") for name in rest)]))[:count]


def _sentence(chance: random.Random) -> str:
    words = chance.choice(SENTENCES)
    for slot, make in _SLOTS.items():
        while slot in words:
            words = words.replace(slot, make(chance), 1)
    return words


_SLOTS = {
    "{person}": lambda chance: f"{chance.choice(FIRST)} {chance.choice(LAST)}",
    "{firm}": lambda chance: f"{chance.choice(STEMS)} {chance.choice(FIRMS)}",
    "{place}": lambda chance: chance.choice(PLACES),
}


def _surname(chance: random.Random) -> str:
    syllables = ("ba", "ren", "kov", "lin", "mar", "to", "sen", "dre", "vic", "hal", "ost", "ur", "ni", "gar")
    return "".join(chance.choices(syllables, k=3)).capitalize()

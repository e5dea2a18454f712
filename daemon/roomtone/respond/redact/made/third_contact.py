"""Third generation, rarer formats and values in passing: how people can be reached."""

from __future__ import annotations

from random import Random

from roomtone.respond.redact.made.pieces import (
    CITIES,
    FIRSTS,
    LASTS,
    STREETS,
    TYPES,
    Made,
    in_frame,
    number,
    spoken,
)
from roomtone.respond.redact.made.speech import GERMAN_DIGITS
from roomtone.respond.redact.word_list import in_order

_TENS = in_order("zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig")
_FRENCH = in_order(
    """
    douze vingt-trois trente-quatre quarante-cinq cinquante-six soixante-dix-huit
    quatre-vingt-dix-neuf
    """
)


def phone(random: Random) -> Made:
    """Short, tens in other languages, vanity, parted by words."""
    d = number(random, 9)
    pairs = [
        GERMAN_DIGITS[int(random.choice("234567"))] + "und" + random.choice(_TENS) for _ in range(4)
    ]
    value = random.choice(
        (
            f"{d[:3]}-{d[3:7]}",
            "zéro six " + " ".join(random.sample(_FRENCH, 4)),
            "null eins sieben " + " ".join(pairs),
            f"+1 ({d[:3]}) {d[3:6]}\u2011{d[5:9]} x{d[:3]}",
            f"one eight hundred {spoken(d[:7], random)}",
            f"(+44)(0){d[:2]} {d[2:5]} {d[5:]}",
            f"{d[:4]}, that's {d[:4]}, and then {d[4:]}",
            f"area code {d[:3]} then {d[3:6]} then {d[5:9]}",
            f"{spoken(d[:3], random)} um hold on {spoken(d[3:6], random)} yes and "
            + spoken(d[6:], random),
            f"0{d[0]} / {d[1:4]} {d[4:6]} {d[6:8]}",
            f"{d[:2]}.{d[2:4]}.{d[4:6]}.{d[6:8]}",
        )
    )
    text = in_frame(
        random,
        value,
        (
            "I'm on {} till six",
            "The dentist's number: {}",
            "{}",
            "Fax it to {}",
            "save {} as mom",
            "leave a message for {}",
            "wem gehört {}?",
        ),
    )
    return text, value, [], []


def email(random: Random) -> Made:
    """Long, spelled, quoted, without an ending, with comments between."""
    name, last = random.choice(FIRSTS).lower(), random.choice(LASTS).lower()
    d = number(random, 4)
    value = random.choice(
        (
            f"{name} (dot) {last} (at) gmail (dot) com",
            f"{name}{d} at gmail",
            f"{' '.join(name)} {' '.join(d)} at hotmail dot co dot uk",
            f'"{name} {last}"@example.org',
            f"{name}@xn--{last}-kva.de",
            f"{name}.{last}@mail.eu.{last}.museum",
            f"{name} {last}, that's one word, at gmail dot com",
            f"info at firma minus {last} punkt de",
            f"{name} chiocciola {last} punto it",
            f"{name} apenstaartje {last} punt nl",
            f"{name} snabel-a {last} punkt se",
            f"mailto:{name}@{last}.org?subject=hi",
            f"{name[0]} dot {last} at {last} hyphen law dot com",
            f"{name.upper()} DOT {last.upper()} AT YAHOO DOT COM",
            f"{name}@{last}.例え",
            f"<{name}.{last}@{last}.io>",
        )
    )
    text = in_frame(
        random,
        value,
        (
            "{}",
            "please add {} to the invitation",
            "forward this to {}",
            "my login for the shop is {}",
            "the school's address: {}",
            "cc {} and say thanks",
        ),
    )
    return text, value, [], []


def address(random: Random) -> Made:
    """Streets without a word for it, squares, stairs, numbers in words, the city in front."""
    n, city, z = random.randint(2, 199), random.choice(CITIES), number(random, 5)
    s, o = random.sample(STREETS, 2)
    value, part = random.choice(
        (
            (f"{z} {city}, {s}straße {n}", s),
            (f"Unter den {s} {n}", s),
            (f"An der {s} {n}", s),
            (f"Straße des {n}. Juni {n}", ""),
            (f"Platz der {s} {n}, {z} {city}", s),
            (f"Gran {s} {n}, {city}", s),
            (f"{s}-{o}-Allee {n}", s),
            (f"{n}00 N {n % 20 + 4}th St, {city}", ""),
            (f"{n}/{n % 9} {s} St, {city} VIC 3{n % 900:03}", s),
            (f"Level 5, {n} {s} Street", s),
            (f"{s}gata {n}B", s),
            (f"{s}brogade {n}, 3. tv, 2100 {city} Ø", s),
            (f"{s}katu {n} A 12", s),
            (f"ul. {s} {n} m. 3, 00-{n % 900:03} {city}", s),
            (f"Piazza {s}, {n}", s),
            (f"three hundred and twelve west forty-second street {city.lower()}", ""),
            (f"one twenty three {s.lower()} road", s.lower()),
            (f"{n}b {s.lower()} {random.choice(TYPES).lower()}", s.lower()),
            (f"Apartment {n}, The Old {s} Mill, {city}", s),
            (f"Plot {n}, Phase 2, {s} City, {city} {z}0", s),
            (f"RR 3 Site 4 Box {n}, {city}", city),
            (f"{n} rue Saint-{s}, Paris 11e", s),
            (f"{n} {s} {random.choice(TYPES)}\n{city}\nTX {z}", s),
            (f"{s} Court, Flat {n}, {city}", s),
            (f"{s} House, {city} Road, {o}", s),
        )
    )
    text = in_frame(
        random,
        value,
        (
            "my new address is {} since May",
            "We live at {}, is there a bakery nearby?",
            "order a pizza to {}",
            "Ich wohne jetzt {}. Wo ist der nächste Arzt?",
            "The party is at {}, write an invitation",
            "pick me up at {}",
            "adresse: {}",
        ),
    )
    return text, value, [part] if part else [], []


def handle(random: Random) -> Made:
    """Handles in passing."""
    name, last = random.choice(FIRSTS).lower(), random.choice(LASTS).lower()
    value = random.choice(
        (f"{name}.{last}", f"{last}{number(random, 3)}", f"the_{last}", f"{name}-{last}")
    )
    return (
        in_frame(
            random,
            value,
            (
                "add me on snapchat, {}",
                "user: {}",
                "my handle's {}",
                "her instagram is {} and mine is private",
                "@{} wrote me",
                "(@{})",
            ),
        ),
        value,
        [],
        [],
    )


def listed(random: Random) -> Made:
    """Listed names beside other signs, in other sentences and languages."""
    name, last = (
        random.choice(("Anna", "Björn", "Renée", "Mark", "Grace", "Łukasz", "Ngozi", "Hope")),
        random.choice(("D'Angelo", "de la Cruz", "Strauß", "Young", "Kaya", "MacLeod")),
    )
    tail = last.split()[-1]
    forms = {
        f"{name}{tail}".replace("'", ""): ("who is {}",),
        f"{tail}, {name}": ("the form says {}",),
        f"{name} {last}\u2019s": ("whose car is it? {}",),
        f"the {tail}s": ("we eat with {} on Sunday",),
        f"#{name}": ("tag it {} please",),
        f"{name},": ("{} can you hear me?", "Hey {} what's up"),
        f"“{name}”": ("the cake says {}",),
        name.upper() + "!": ("{} COME HERE",),
        f"{name[0]}, {', '.join(name[1:])}": ("write {} on it",),
        f"{name} und": ("{} ich gehen ins Kino",),
        f"{name}/{tail}": ("seats for {}",),
        f"{name}\u200d {last}": ("a gift for {}",),
        f"a\u0301{name}" if False else name: (
            "does {} eat meat?",
            "{} is vegan, what can I cook?",
            "c'est l'anniversaire de {}",
            "ist {} schon da?",
            "it was {} who broke it",
        ),
    }
    value = random.choice(list(forms))
    return (
        in_frame(random, value, forms[value]),
        value.strip(",!#“”").removesuffix("\u2019s").removesuffix(" und").removeprefix("the "),
        [],
        [f"{name} {last}"],
    )

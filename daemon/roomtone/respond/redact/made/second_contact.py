"""Second generation, as recognizers and other alphabets write: how people can be reached."""

from __future__ import annotations

from random import Random

from roomtone.respond.redact.made.pieces import (
    CITIES,
    FIRSTS,
    LASTS,
    STREETS,
    TYPES,
    Made,
    grouped,
    in_frame,
    number,
)
from roomtone.respond.redact.made.speech import NATO, disguised, pair, said
from roomtone.respond.redact.word_list import in_order


def phone(random: Random) -> Made:
    """Numbers with fillers, in other languages, disguised."""
    d = "0" + number(random, random.choice((9, 10)))
    value = random.choice(
        (
            said(d, random),
            disguised(grouped(d, (4, 3)), random),
            f"+49 (0) {grouped(d[1:], (3, 3))}",
            f"tel:+{d[1:]}",
            f"00 44 {grouped(d[1:], (4,))} ext. {d[1:4]}",
        )
    )
    text = in_frame(
        random,
        value,
        (
            "so yeah you can reach me on {} okay",
            "Ruf mich an unter {}, bitte",
            "mon numéro c'est {}",
            "{} that's the plumber, write him a text",
            "The number is {}. What country is that?",
            "mi numero es {}",
        ),
    )
    return text, value, [], []


def email(random: Random) -> Made:
    """Addresses with spoken signs of other languages, encodings, unicode domains, spelled ones."""
    name, last = random.choice(FIRSTS).lower(), random.choice(LASTS).lower()
    forms = (
        f"{name} punkt {last} ät gmx punkt de",
        f"{name} point {last} arobase orange point fr",
        f"{name} punto {last} arroba gmail punto com",
        f"{name}.{last}&#64;gmail.com",
        f"{name}.{last}%40gmail.com",
        f"{name}.{last} [at] gmail [dot] com",
        f"{name}.{last}(at)gmail.com",
        f"{name}@müller-{last}.de",
        f"{name}@mail.{last}.co.uk",
        f"{name} . {last} @ gmail . com",
        f"{name} dot {last} at the {last} family dot com",
        f"{name}, dot, {last}, at, gmail, dot, com",
        f"{name} {last} at gmail dot com",
        f"{' '.join(name)} at {last} dot org",
        f"{name}.{last}@gmail. com",
        f"{name} minus {last} at t minus online dot de",
        f"{name}+{last}\u200b@gmail.com",
        f"{name}\uff20{last}.example.com",
        f"{name} at sign {last} dot com",
        f"{name}.{last} at gmail.com",
    )
    value = random.choice(forms)
    text = in_frame(
        random,
        value,
        (
            "my e-mail address is {}",
            "E-Mail an {} schreiben",
            "can you write an email to {} and say hello",
            "It's {}, all lowercase.",
            "mon adresse est {}",
            "her email's {}",
        ),
    )
    return text, value, [name + last] if name + last in value.replace(".", "") else [], []


def address(random: Random) -> Made:
    """Addresses with the house's name, rural ones, corners, spoken, lower case, upper case."""
    n, city, zipped = random.randint(21, 99), random.choice(CITIES), number(random, 5)
    street, other = random.sample(STREETS, 2)
    kind = random.choice(TYPES)
    forms = (
        (f"Rose Cottage, {n} {street} {kind}, {city}, SN{n % 10} 4QT", street),
        (f"{n}B {street} {kind} Unit {n % 9 + 1}, {city}", street),
        (f"{n} {street} {kind}".lower() + f" {city} california".lower(), street),
        (f"{n} {street} {kind}, {city}".upper(), street.upper()),
        (f"the corner of {street} {kind} and {other} {kind}", other),
        (f"Rural Route 2, Box {n}, {city}", city),
        (f"{zipped} County Road {n}, {city}, OH", city),
        (f"{street}straße {n}a, D-{zipped} {city}", street),
        (f"{street}weg {n}, {zipped} {city}".lower(), street.lower()),
        (f"Am {street}bach {n} in {zipped} {city}", street),
        (f"{n} bis, rue du {street}, {zipped} {city} Cedex", street),
        (f"C/ {street} {n}, 3º B, {zipped} {city}", street),
        (f"via {street.lower()} numero {n}, {city.lower()}", street.lower()),
        (f"{street}laan {n}-2, {number(random, 4)} XK {city}", street),
        (f"Flat {n}, {street} Apartments, Sector {n}, {city} {zipped}1", street),
        (f"GPO Box {number(random, 4)}, {city} NSW 2001", city),
        (f"{pair(str(n))} {street.lower()} {kind.lower()}", street.lower()),
        (f"number {n} {street} {kind} in {city}", street),
        (f"{street}gatan {n}, 114 55 {city}", street),
        (f"{street} {kind} {n}", street),
        (f"Postfach {number(random, 4)}, {zipped} {city}", city),
        (f"K1A 0B1 {city}, {n} {street} {kind}", street),
    )
    value, part = random.choice(forms)
    text = in_frame(
        random,
        value,
        (
            "so um we live at {} you know",
            "Ich wohne {}",
            "we've just moved to {}. How do I tell my bank?",
            "my mother lives at {}, what's the next hospital?",
            "Please send a taxi to {}",
            "the parcel goes to {}",
            "J'habite {}",
            "write a letter with the address {} on top",
        ),
    )
    return text, value, [part], []


def handle(random: Random) -> Made:
    """Names of users that are spoken."""
    name, last = random.choice(FIRSTS).lower(), random.choice(LASTS).lower()
    value = random.choice(
        (
            f"{name} underscore {last}",
            f"{name}{last}99",
            f"the real {name} {last}",
            f"{name}#{number(random, 4)}",
            f"x_{last}_x",
        )
    )
    return (
        in_frame(
            random,
            value,
            (
                "on instagram I'm called {}" if "real" not in value else "my insta is {}",
                "my discord is {}",
                "my user name is {} and I forgot the rest",
                "mein Benutzername ist {}",
                "login: {}",
            ),
        ),
        value,
        [],
        [],
    )


def listed(random: Random) -> Made:
    """Listed names that are everyday words, spelled, joined, with marks, in other cases."""
    name = random.choice(in_order("Will Mark May Rose Grace Anna Zoë Jürgen Siobhán Noor"))
    last = random.choice(("O'Brien", "Müller", "Núñez", "Smith-Jones", "van der Berg", "Brown"))
    forms = {
        f"{name} {last}": ("I met {} today", "what do you think of {}?"),
        name.upper(): ("TELL {} TO CALL ME", "I THINK {} IS ILL"),
        f"{name}'s": ("where are {} keys", "it's {} turn"),
        f"{name}-Lena": ("{} is late",),
        f"{name.lower()}_{number(random, 2)}": ("who is {} on github",),
        " ".join(name.upper()): ("it's spelled {}", "her name is {} okay"),
        "-".join(name.upper()): ("you spell it {}",),
        " ".join(NATO.get(c, c) for c in name.lower()): ("spell it {}",),
        name.lower(): ("call {} and say hi", "my friend {} is coming", "tell {} that i'm late"),
        f"@{name.lower()}": ("ask {}",),
        name.encode("ascii", "ignore").decode()
        if name.isascii()
        else name.replace("ü", "ue").replace("ë", "e").replace("á", "a"): (
            "dinner with {} tonight",
            "I love {}",
        ),
    }
    value = random.choice(list(forms))
    return in_frame(random, value, forms[value]), value.removesuffix("'s"), [], [f"{name} {last}"]

"""First generation, formats of a dozen countries: how people can be reached, their names."""

from __future__ import annotations

from random import Random

from roomtone.respond.redact.made.pieces import (
    CITIES,
    DUTCH,
    FIRSTS,
    FRENCH,
    GERMAN,
    ITALIAN,
    LASTS,
    NORDIC,
    PROVIDERS,
    SPANISH,
    STREETS,
    TYPES,
    WORDS,
    Made,
    grouped,
    in_frame,
    number,
    spoken,
)


def phone(random: Random) -> Made:
    """US, UK, German, French, Spanish, Italian, Dutch, Nordic, Indian and Australian numbers."""
    d = number(random, 10)
    forms = (
        f"({d[:3]}) {d[3:6]}-{d[6:]}",
        f"+1 {d[:3]}-{d[3:6]}-{d[6:]}",
        f"{d[:3]}.{d[3:6]}.{d[6:]}",
        f"07{d[:3]} {d[3:9]}",
        f"+44 20 {d[:4]} {d[4:8]}",
        f"0171/{d[:7]}",
        f"+49 151 {d[:8]}",
        f"06 {grouped(d[:8], (2, 2, 2))}",
        f"+33 6 {grouped(d[:8], (2, 2, 2))}",
        f"+34 6{grouped(d[:8], (2, 3, 3))}",
        f"+39 3{d[:2]} {d[2:9]}",
        f"+31 6 {d[:8]}",
        f"070-{d[:3]} {d[3:5]} {d[5:7]}",
        f"+45 {grouped(d[:8], (2, 2, 2))}",
        f"+91 {d[:5]} {d[5:]}",
        f"04{d[:2]} {d[2:5]} {d[5:8]}",
        spoken(d, random),
        spoken("0" + d, random),
        f"plus four nine {spoken(d, random)}",
        " ".join(d),
        ", ".join(grouped(d, (3, 3)).split()),
        f"{d[:3]} and then {d[3:6]} and then {d[6:]}",
    )
    value = random.choice(forms)
    text = in_frame(
        random,
        value,
        (
            "call me at {}",
            "My phone number is {}.",
            "{} is my number, what area code is that?",
            "Text my sister on {} please",
            "her mobile is {}",
            "Can you ring {} for me?",
            "it's {}",
        ),
    )
    return text, value, [], []


def email(random: Random) -> Made:
    """Written and spoken addresses."""
    first, last = random.choice(FIRSTS).lower(), random.choice(LASTS).lower()
    local = random.choice(
        (
            f"{first}.{last}",
            f"{first}{number(random, 2)}",
            f"{first}_{last}",
            f"{first}+news",
            f"{first}-{last}",
        )
    )
    host = random.choice(PROVIDERS)
    written = f"{local}@{host}"
    names = {".": " dot ", "_": " underscore ", "-": " dash ", "+": " plus ", "@": " at "}
    said = "".join(names.get(c, c) for c in written)
    value = random.choice(
        (written, said, written.upper(), said.replace("@", " at "), f"{local} at {host}")
    )
    text = in_frame(
        random,
        value,
        (
            "my email is {}",
            "Write to {} that I'm late",
            "send the invoice to {}, please",
            "Is {} a valid address?",
            "{} is where you can reach me",
            "email {}",
        ),
    )
    return (
        text,
        value,
        [first + last if first + last in local else last] if last in local else [],
        [],
    )


def address(random: Random) -> Made:
    """Street, number, postcode and city in the order of the country."""
    n, city, zipped = str(random.randint(1, 240)), random.choice(CITIES), number(random, 5)
    street = random.choice(STREETS)
    kind = random.choice(TYPES)
    forms = (
        (f"{n} {street} {kind}, {city}", street),
        (f"{n} {street} {kind}, {city}, TX {zipped}", street),
        (f"{n} {street} {kind}, Apartment 4b, {city} {zipped}-{number(random, 4)}", street),
        (f"Flat 2, {n} {street} {kind}, {city} SW1A 1AA", street),
        (f"{random.choice(GERMAN)} {n}, {zipped} {city}", city),
        (f"{n} {random.choice(FRENCH)}, {zipped} {city}", city),
        (f"{random.choice(SPANISH)} {n}, {zipped} {city}", city),
        (f"{random.choice(ITALIAN)} {n}, {zipped} {city}", city),
        (f"{random.choice(DUTCH)} {n}, {number(random, 4)} AB {city}", city),
        (f"{random.choice(NORDIC)} {n}, {number(random, 4)} {city}", city),
        (f"PO Box {n}, {city}", city),
        (
            f"twenty {random.choice(WORDS[1:])} {street.lower()} {kind.lower()} {city.lower()}",
            street.lower(),
        ),
    )
    value, part = random.choice(forms)
    text = in_frame(
        random,
        value,
        (
            "I live at {}.",
            "My address is {}",
            "Directions to {} please",
            "send it to {}",
            "{} is where we moved to",
            "How do I get from {} to the airport?",
            "Deliver the flowers to {}, can you?",
        ),
    )
    return text, value, [part], []


def handle(random: Random) -> Made:
    """Names of users."""
    name = (
        random.choice(FIRSTS).lower()
        + random.choice(("_", ".", ""))
        + random.choice(LASTS).lower()
        + random.choice(("", number(random, 2)))
    )
    return (
        in_frame(
            random,
            name,
            (
                "follow @{} on instagram",
                "my username is {}",
                "My twitter handle is {}",
                "message @{}",
                "Her user name is {}.",
            ),
        ),
        name,
        [],
        [],
    )


def listed(random: Random) -> Made:
    """Names that the owner has listed."""
    first, last = random.choice(FIRSTS), random.choice(LASTS)
    value = random.choice(
        (
            first,
            last,
            f"{first} {last}",
            first.upper(),
            first.lower(),
            f"{first}'s",
            f"{first}s",
            f"{last.lower()}'s",
            " ".join(first.lower()),
            ". ".join(first.upper()) + ".",
        )
    )
    text = in_frame(
        random,
        value,
        (
            "is {} home",
            "Tell {} that dinner is ready",
            "What does {} like to eat?",
            "{} called, who can help?",
            "write a poem for {}",
            "I think {} and I should go",
        ),
    )
    return text, value.removesuffix("'s"), [], [f"{first} {last}"]

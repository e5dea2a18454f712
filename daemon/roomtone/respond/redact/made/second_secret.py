"""Second generation, as recognizers and other alphabets write: what opens something."""

from __future__ import annotations

from random import Random

from roomtone.respond.redact.made.pieces import (
    LASTS,
    SECRETS,
    WORDS,
    Made,
    grouped,
    in_frame,
    number,
    spoken,
)
from roomtone.respond.redact.made.speech import NATO, disguised, pair, said
from roomtone.respond.redact.word_list import in_order


def card(random: Random) -> Made:
    """Cards with fillers, dates and security codes beside them."""
    d = number(random, random.choice((14, 15, 16, 16, 17, 19)))
    value = random.choice(
        (
            said(d, random),
            disguised(grouped(d, (4, 4, 4)), random),
            grouped(d, (4, 6)),
            grouped(d, (4, 4, 4), ". "),
            grouped(d, (4, 4, 4), " and then "),
            grouped(d, (4, 4, 4), "\n"),
        )
    )
    cvv = number(random, 3)
    text = in_frame(
        random,
        value,
        (
            "It's {}, and the three digits are " + cvv,
            "Kartennummer {}, Prüfziffer " + cvv,
            "okay the mastercard is {} cvv " + cvv,
            "{} expires oh four twenty seven",
            "ma carte c'est {}",
        ),
    )
    return text, value, [d[-4:]], []


def account(random: Random) -> Made:
    """IBANs disguised and spoken, sort codes with fillers."""
    d = number(random, 20)
    value = random.choice(
        (
            disguised(f"DE{d[:2]} {grouped(d[2:], (4, 4, 4, 4))}", random),
            f"D E {said(d, random)}",
            f"fr {grouped(d, (2, 4, 4))}",
            f"GB29-NWBK-{grouped(d[:14], (4, 4, 4), '-')}",
            "sort code "
            + " ".join(pair(d[i : i + 2]) for i in (0, 2, 4))
            + f" account {said(d[6:14], random)}",
            f"BSB {d[:3]}-{d[3:6]}, Konto {d[6:15]}",
        )
    )
    return (
        in_frame(
            random,
            value,
            (
                "überweise an {} bitte",
                "so the account is {} right",
                "{}. Is that a valid number?",
                "my rent goes to {}",
            ),
        ),
        value,
        [],
        [],
    )


def identity(random: Random) -> Made:
    """Ids spelled, disguised, in other countries."""
    d = number(random, 13)
    a = [random.choice("BCDFGHJKLMNPRSTVWXYZ") for _ in range(6)]
    label, value = random.choice(
        (
            ("my social is", said(d[:9], random)),
            ("national insurance number", " ".join([*a[:2], *d[:6], a[2]]).lower()),
            ("mon numéro de sécu est le", grouped(d, (1, 2, 2, 2, 3))),
            ("mi DNI es", f"{d[:8]}{a[0]}"),
            ("il mio codice fiscale è", f"{''.join(a)}{d[:2]}A{d[2:4]}H{d[4:7]}Z"),
            ("passport", disguised(f"{a[0]}{a[1]}{d[:7]}", random)),
            (
                "number plate is",
                " ".join(NATO[c.lower()] for c in a[:2])
                + f" {spoken(d[:2], random)} "
                + " ".join(NATO[c.lower()] for c in a[2:5]),
            ),
            ("Kundennummer", said(d[:8], random)),
            ("my PAN card is", f"{''.join(a[:5])}{d[:4]}{a[5]}"),
            ("the policy number is", f"{a[0]}{a[1]}/{d[:4]}/{d[4:8]}"),
            ("mijn BSN is", grouped(d[:9], (4, 2))),
            ("mitt personnummer är", f"{d[:6]}-{d[6:10]}"),
            ("tracking number", f"1Z{a[0]}{d[:3]}{a[1]}{d[3:12]}"),
        )
    )
    return f"{label} {value}{random.choice((' okay', '. Write that down.', ''))}", value, [], []


def birthday(random: Random) -> Made:
    """Dates of birth in words and in other languages."""
    day, year = random.randint(1, 31), random.randint(1940, 1999)
    ordinal = in_order(
        """
    first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth
    thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth
    """
    )[day % 20]
    value = random.choice(
        (
            f"the {ordinal} of June nineteen {pair(str(year)[2:])}",
            f"June {ordinal}, nineteen {pair(str(year)[2:])}",
            f"{day} de marzo de {year}",
            f"{day} mars {year}",
            f"{day}. März {year}",
            f"{day} {random.choice(('3', '11'))} {year}",
            f"{day:02}/{day % 12 + 1:02}/{str(year)[2:]}",
            f"{day} maart {year}",
        )
    )
    return (
        in_frame(
            random,
            value,
            (
                "my son was born on {}, what's his star sign?",
                "DOB {}",
                "Mein Geburtstag ist der {}",
                "je suis né le {}",
                "date of birth: {}",
                "my wife's birthday is on {}",
                "geboortedatum {}",
                "nací el {}",
            ),
        ),
        value,
        [],
        [],
    )


_FRAMES = (
    (
        "my passphrase is {}",
        "The password for the router is {}.",
        "my password is {}, is it strong?",
    ),
    (
        *("log in with user anna and password {}", "the network is Home and the password's {}"),
        *("pw={}", "le mot de passe est {}", "la contraseña es {}", "Passwort lautet {}"),
        "set the wifi password to {} please",
    ),
    ("the password is {}", "my password is spelled {}"),
    (
        *("the pin for my card is {}", "mein PIN ist {}", "PIN {}", "the gate code's {}"),
        *("the last four digits are {}", "unlock code {}"),
    ),
    ("my pin: {}", "the door code, {}, stopped working"),
)
"""Sentences for pass phrases, passwords, spelled ones, codes and codes in disguise."""


def password(random: Random) -> Made:
    """Pass phrases, spelled passwords, codes beside other words."""
    words = " ".join(
        random.sample(
            in_order(
                """
    correct horse battery staple velvet lantern pickle thunder walrus copper
    """
            ),
            4,
        )
    )
    word = random.choice(SECRETS)
    spelled = (
        " ".join(random.choice("bcdfghjklmnpqrstvwxyz") for _ in range(5))
        + f" {random.choice(WORDS)} {random.choice(WORDS)}"
    )
    pin = number(random, 4)
    values = (words, word, spelled, said(pin, random), disguised(pin, random))
    value, frames = random.choice(tuple(zip(values, _FRAMES, strict=True)))
    return in_frame(random, value, frames), value, [], []


def network(random: Random) -> Made:
    """Addresses that are spoken, disguised or hold data."""
    d = [random.randint(11, 250) for _ in range(4)]
    name = random.choice(LASTS).lower()
    four = " dot ".join(spoken(str(x), random) for x in d)
    value, part = random.choice(
        (
            (four, ""),
            (disguised(".".join(map(str, d)), random), ""),
            (f"www.{name}-family.org/photos", name),
            (f"{name} family dot com slash photos", name),
            (f"ssh://{name}@10.0.0.{d[0]}:22", name),
            (f"fe80::{d[0]:x}:{d[1]:x}ff:fe{d[2]:x}:{d[3]:x}", ""),
            (f"latitude {d[0] % 90}.{number(random, 4)} longitude {d[1]}.{number(random, 4)}", ""),
            (f"{d[0] % 89}°{d[1] % 59}'{d[2] % 59}\"N {d[3] % 179}°{d[1] % 59}'{d[0] % 59}\"W", ""),
            (f"https%3A%2F%2F{name}.example%2Ecom%2Fme", name),
        )
    )
    return (
        in_frame(
            random,
            value,
            (
                "the printer is at {}",
                "so {} doesn't load",
                "Was ist {}?",
                "I'm at {} can you see it",
            ),
        ),
        value,
        [part] if part else [],
        [],
    )


def token(random: Random) -> Made:
    """Keys in other clothes."""
    hexed = "".join(random.choice("0123456789abcdef") for _ in range(32))
    value = random.choice(
        (
            f"{hexed[:8]}-{hexed[8:12]}-4{hexed[12:15]}-a{hexed[15:18]}-{hexed[18:30]}",
            f"eyJ{hexed}.{hexed[::-1]}.{hexed[:20]}",
            f"Bearer {hexed}",
            "-".join(hexed[i : i + 5].upper() for i in range(0, 25, 5)),
            f"glpat-{hexed[:20]}",
        )
    )
    return (
        in_frame(
            random,
            value,
            (
                "curl -H 'Authorization: {}'",
                "the licence key is {}",
                "{} is the key",
                "what is {}?",
            ),
        ),
        value,
        [],
        [],
    )

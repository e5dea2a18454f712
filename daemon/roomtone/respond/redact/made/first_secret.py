"""First generation, formats of a dozen countries: numbers and words that open something."""

from __future__ import annotations

from random import Random

from roomtone.respond.redact.made.pieces import (
    LASTS,
    SECRETS,
    STREETS,
    Made,
    grouped,
    in_frame,
    number,
    spoken,
)
from roomtone.respond.redact.word_list import in_order


def card(random: Random) -> Made:
    """13 to 19 digits, in groups, spoken, with signs between."""
    d = number(random, random.choice((13, 15, 16, 16, 16, 18, 19)))
    value = random.choice(
        (
            d,
            grouped(d, (4, 4, 4)),
            grouped(d, (4, 4, 4), "-"),
            spoken(d, random),
            " ".join(d),
            grouped(d, (4, 4, 4), ", "),
        )
    )
    text = in_frame(
        random,
        value,
        (
            "my card is {}",
            "Remember my credit card number {}",
            "pay with {} please",
            "The visa number is {}.",
            "{} is that a visa card?",
        ),
    )
    return text, value, [d[-4:]], []


def account(random: Random) -> Made:
    """Account numbers of the world, valid or not, and the local kinds."""
    country = random.choice(
        ("DE", "FR", "ES", "IT", "NL", "GB", "CH", "SE", "NO", "BE", "AT", "MT")
    )
    bank = random.choice(("ABNA", "NWBK", "BUKB")) if country in ("NL", "GB", "MT") else ""
    d = number(random, 18)
    whole = f"{country}{d[:2]}{bank}{d[2:]}"
    value = random.choice(
        (
            whole,
            grouped(whole, (4, 4, 4, 4)),
            grouped(whole, (4, 4, 4, 4)).lower(),
            f"{' '.join(country.lower())} {spoken(d, random)}",
            f"{d[:2]}-{d[2:4]}-{d[4:6]} account {d[6:14]}",
            f"routing number {d[:9]} account number {d[9:]}",
        )
    )
    return (
        in_frame(
            random,
            value,
            ("my IBAN is {}", "Transfer it to {}", "{} is my bank account", "Save {} for later"),
        ),
        value,
        [],
        [],
    )


def identity(random: Random) -> Made:
    """Numbers that states and firms give to people."""
    d = number(random, 12)
    letters = "".join(random.choice("ABCEGHJKLMNPRSTVXYZ") for _ in range(4))
    label, value = random.choice(
        (
            ("my social security number is", f"{d[:3]}-{d[3:5]}-{d[5:9]}"),
            ("my SSN is", spoken(d[:9], random)),
            ("my NI number is", f"{letters[:2]} {d[:2]} {d[2:4]} {d[4:6]} {letters[2]}"),
            ("meine Steuer-ID ist", grouped(d[:11], (2, 3, 3))),
            ("my passport number is", f"{letters[0]}{d[:8]}"),
            ("my licence plate is", f"{letters[:2]}{d[:2]} {letters[1:]}"),
            ("mein Kennzeichen ist", f"{letters[0]}-{letters[1:3]} {d[:4]}"),
            ("our customer number is", d[:7]),
            ("my order number is", f"{letters[:2]}-{d[:6]}"),
            ("the meter reading number is", d[:8]),
            ("my medicare number is", grouped(d[:10], (4, 5))),
            ("my aadhaar is", grouped(d, (4, 4))),
        )
    )
    return f"{label} {value}{random.choice(('', '.', ', can you remember that?'))}", value, [], []


def birthday(random: Random) -> Made:
    """A date of birth, said as such."""
    day, year = random.randint(1, 28), random.randint(1931, 2015)
    month = random.choice(
        in_order(
            """
    January February March April June July August September October November December
    """
        )
    )
    at = random.randint(1, 12)
    value = random.choice(
        (
            f"{month} {day}, {year}",
            f"{day} {month} {year}",
            f"the {day}th of {month} {year}",
            f"{day:02}.{at:02}.{year}",
            f"{year}-{at:02}-{day:02}",
            f"{at}/{day}/{year}",
        )
    )
    return (
        in_frame(
            random,
            value,
            (
                "I was born on {}",
                "my birthday is {}",
                "My date of birth is {}. How old am I?",
                "ich bin am {} geboren",
                "my wife was born {}",
            ),
        ),
        value,
        [str(year)],
        [],
    )


def password(random: Random) -> Made:
    """Passwords, PINs and codes."""
    word = (
        random.choice(SECRETS)
        if random.random() < 0.6
        else random.choice(STREETS).lower() + number(random, 3)
    )
    pin = number(random, random.choice((4, 4, 6)))
    if random.random() < 0.5:
        text = in_frame(
            random,
            word,
            (
                "the wifi password is {}",
                "My password is {}. Don't forget it",
                "{} is our wifi password",
                "Das WLAN-Passwort ist {}",
                "change my password to {}",
                "password: {}",
                "my Netflix password is {} and I want to change it",
            ),
        )
        return text, word, [], []
    value = random.choice((pin, spoken(pin, random), " ".join(pin)))
    text = in_frame(
        random,
        value,
        (
            "my pin is {}",
            "The door code is {}.",
            "the alarm code is {}, remember it",
            "{} is my pin",
            "the combination of the safe is {}",
            "The code for the garage is {}",
        ),
    )
    return text, value, [], []


def network(random: Random) -> Made:
    """Addresses of machines and pages, and where things are on the globe."""
    d = [random.randint(0, 255) for _ in range(6)]
    name = random.choice(LASTS).lower()
    value, part = random.choice(
        (
            (".".join(map(str, d[:4])), ""),
            (":".join(f"{x:02x}" for x in d), ""),
            ("-".join(f"{x:02X}" for x in d), ""),
            (f"2001:db8:{d[0]:x}::{d[1]:x}:{d[2]:x}{d[3]:x}", ""),
            (f"https://{name}.example.com/home?id={number(random, 6)}", name),
            (f"http://anna:{name}@nas.local/", name),
            (f"{random.uniform(-80, 80):.5f}, {random.uniform(-170, 170):.5f}", ""),
            (
                f"{random.randint(10, 80)} degrees {random.randint(10, 59)} minutes north "
                f"{random.randint(10, 99)} degrees {random.randint(10, 59)} minutes east",
                "",
            ),
        )
    )
    return (
        in_frame(
            random, value, ("ping {} for me", "my server is at {}", "What is at {}?", "open {}")
        ),
        value,
        [part] if part else [],
        [],
    )


def token(random: Random) -> Made:
    """Keys of programs."""
    body = "".join(
        random.choice("abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789") for _ in range(32)
    )
    value = random.choice(
        (
            f"sk-proj-{body}",
            f"ghp_{body}",
            body,
            f"AKIA{body[:16].upper()}",
            f"xoxb-{number(random, 11)}-{body[:20]}",
            body.lower(),
        )
    )
    return (
        in_frame(
            random,
            value,
            ("my api key is {}", "use {} to log in", "The token {} does not work", "export KEY={}"),
        ),
        value,
        [],
        [],
    )

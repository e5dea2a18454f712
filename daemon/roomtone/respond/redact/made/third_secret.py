"""Third generation, rarer formats and values in passing: what opens something."""

from __future__ import annotations

from random import Random

from roomtone.respond.redact.made.pieces import LASTS, Made, in_frame, number, spoken
from roomtone.respond.redact.made.speech import said
from roomtone.respond.redact.word_list import in_order

_PASS = in_order(
    """
    pineapple monkey swordfish sesame dragon bluebird marmalade sunshine rosebud letmein
    """
)


def card(random: Random) -> Made:
    """Amex, four groups with words between, only the end."""
    d = number(random, 16)
    value = random.choice(
        (
            f"{d[:4]} {d[4:10]} {d[10:15]}",
            f"first four {d[:4]}, next four {d[4:8]}, then {d[8:12]} and finally {d[12:]}",
            f"{d[:4]}... {d[4:8]}... {d[8:12]}... {d[12:]}",
            said(d, random),
            f"{d[:8]} {d[8:]}",
            f"{spoken(d[:8], random)} sorry {spoken(d[8:], random)}",
            f"{d[:4]}\u2009{d[4:8]}\u2009{d[8:12]}\u2009{d[12:]}",
            f"{d[:4]}/{d[4:8]}/{d[8:12]}/{d[12:]}",
        )
    )
    text = in_frame(
        random,
        value,
        (
            "{}",
            "book it with {}, expiry oh nine thirty",
            "the company card's {}",
            "Is {} still valid?",
            "my debit card: {}",
        ),
    )
    return text, value, [], []


def account(random: Random) -> Made:
    """The account in pieces."""
    d = number(random, 22)
    value = random.choice(
        (
            f"DE {d[:2]}, {d[2:6]}, {d[6:10]}, {d[10:14]}, {d[14:18]}, {d[18:20]}",
            f"IT60 X{d[:5]} {d[5:10]} {d[10:22]}",
            f"NO93 {d[:4]} {d[4:8]} {d[8:11]}",
            f"CH93{d[:17]}",
            f"BLZ {d[:8]} Konto {d[8:15]}",
            f"transit {d[:5]} institution {d[5:8]} account {d[8:15]}",
            f"{d[:6]} and {d[6:14]}",
            f"IFSC HDFC0{d[:6]} account {d[6:18]}",
        )
    )
    return (
        in_frame(
            random,
            value,
            ("send the rent to {}", "{} please", "why was {} rejected", "mein Konto: {}"),
        ),
        value,
        [],
        [],
    )


def identity(random: Random) -> Made:
    """Without a word that announces, or with one behind."""
    d = number(random, 12)
    a = [random.choice("BCDFGHJKLMNPRSTVWXYZ") for _ in range(6)]
    value = random.choice(
        (
            f"{d[:3]}-{d[3:5]}-{d[5:9]}",
            f"{a[0]}{a[1]} {d[:6]} {a[2]}",
            f"{d[:8]}{a[0]}",
            f"{d[:6]}-{d[6:10]}",
            f"{a[0]}{d[:7]}",
            f"{a[0]}{a[1]}-{d[:3]}-{a[2]}{a[3]}",
            f"{a[0]}{a[1]}{d[:2]} {a[2]}{a[3]}{a[4]}",
            f"{d[:3]} {d[3:6]} {d[6:9]}",
        )
    )
    return (
        in_frame(
            random,
            value,
            (
                "{} is my licence number",
                "that's {} for the form",
                "I lost my card {}, whom do I call?",
                "order {} has not arrived",
                "the case {} is open",
            ),
        ),
        value,
        [],
        [],
    )


def birthday(random: Random) -> Made:
    """Loose ways to say it."""
    day, year = random.randint(2, 28), random.randint(1941, 2012)
    value = random.choice(
        (
            f"{day}/5/{str(year)[2:]}",
            f"{day}.5.{year}",
            f"the {day}th of October",
            f"October the {day}th {year}",
            f"{year}",
            f"{day}-11-{year}",
            f"{day} de octubre del {year}",
            f"the {day}th day of the tenth month, {year}",
        )
    )
    return (
        in_frame(
            random,
            value,
            (
                "I'm born {}",
                "his birthday's {}",
                "Born: {}",
                "my mom was born in {} or so",
                "née le {}",
                "wann wird jemand, der am {} geboren ist, 65?",
                "birthdate {}",
            ),
        ),
        value,
        [],
        [],
    )


def password(random: Random) -> Made:
    """Everyday words, quotes, directions, in passing."""
    word, pin = random.choice(_PASS), number(random, 4)
    value, frames = random.choice(
        (
            (
                word,
                (
                    "the password is '{}'",
                    "Use the password {} to log in",
                    "the secret word is {}",
                    "The wifi is called Home and its password is {}",
                    "my password used to be {}",
                    "wifi password {}",
                    "{} is the password, but it does not work",
                    "Password: {}. Thanks",
                    "I set the password to {} yesterday",
                    "das Passwort heißt {}",
                    "my bank password is {} and my name is Bob",
                ),
            ),
            ("-".join(pin), ("my PIN's {}", "the code {} opens the door", "pin number {}")),
            (f"{pin[:2]} left {pin[2:]} right", ("the safe combination is {}",)),
            (
                pin,
                (
                    "enter {} at the gate to open it, that's the code",
                    "the alarm's code: {}",
                    "tan {}",
                    "my pin used to be {}",
                    "the lockbox code is {}.",
                    "voicemail pin {}",
                ),
            ),
            (
                spoken(pin, random),
                ("my pin is {} okay", "Code für die Tür ist {}", "it's {} that's the pin"),
            ),
        )
    )
    return in_frame(random, value, frames), value, [], []


def network(random: Random) -> Made:
    """Plus codes, words for places, ports, spoken hardware addresses."""
    d = [random.randint(16, 250) for _ in range(6)]
    name = random.choice(LASTS).lower()
    value, part = random.choice(
        (
            (
                f"{d[0] % 80 + 10}.{number(random, 4)}° N, {d[1] % 80 + 10}.{number(random, 4)}° W",
                "",
            ),
            (f"8FVC{d[0] % 90 + 10}F8+5W", ""),
            (f"///{name}.lantern.pickle", name),
            (f"{d[0]}.{d[1]}.{d[2]}.{d[3]}:8080", ""),
            (f"{d[0]} point {d[1]} point {d[2]} point {d[3]}", ""),
            (f"rtsp://admin:{name}@cam/1", name),
            (f"{name}.dyndns.org", name),
            (f"https://{name}.de", name),
            ("dash".join(f" {x:02x} " for x in d).strip(), ""),
            (f"/home/{name}/letters.txt", name),
            (
                f"minus {d[0] % 80 + 10} point {spoken(number(random, 4), random)}, "
                f"{d[1]} point {spoken(number(random, 4), random)}",
                "",
            ),
        )
    )
    return (
        in_frame(random, value, ("my camera is {}", "{}", "connect to {} now", "what runs on {}")),
        value,
        [part] if part else [],
        [],
    )


def token(random: Random) -> Made:
    """Short keys, keys with few digits."""
    body = "".join(
        random.choice("abcdefghjkmnpqrstuvwxyzABCDEFGHJKMNPQRSTUVWXYZ") for _ in range(20)
    ) + number(random, 2)
    value = random.choice(
        (
            body,
            f"sk_live_{body}",
            f"AIza{body}-{body[:8]}",
            f"{body[:6].upper()}-{body[6:12].upper()}-{body[12:18].upper()}",
            f"hf_{body}",
            f"{body}==",
        )
    )
    return (
        in_frame(
            random,
            value,
            ("the product key is {}", "paste {} there", "token={}", "why is {} refused"),
        ),
        value,
        [],
        [],
    )

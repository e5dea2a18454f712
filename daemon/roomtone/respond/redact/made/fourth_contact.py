"""Fourth generation, plain sentences of many countries: how people can be reached."""

from __future__ import annotations

from random import Random

from roomtone.respond.redact.made.pieces import FIRSTS, LASTS, WORDS, Made, in_frame, number, spoken
from roomtone.respond.redact.word_list import in_order

_NAMES = in_order(
    """
    Keller Beasty Timlin Szegedi Konžská Pottier Betlehemin Pepijn Fyrtårn Grammova Jadranska
    Erler Bühlmann Mani Sodhi Robinson Thorens Kossuth Plater Daizawa Jingumae Sosimo Manço
    """
)
_ENDS = in_order(
    """
    Creek Copse Foreshore Fork Lock Crescent Row View Zila Laneway Centreway Bulevardi utca
    Caddesi chome Burg Mews Plains Springs Ulice
    """
)
_TOWNS = in_order(
    """
    Dašice Mureck Seixal Ruthnes Almind Hídbánya Dunajská Laurastad Kołobrzeg Rovaniemi Erslev
    """
)
_PLACES = (
    "navigate to {}",
    "what's the weather at {}",
    "The house on {} is for sale, what would it cost?",
    "Can you find a dentist near {}?",
    "i inherited {} from my uncle",
    "spell {} for me",
    "Is {} a nice area to live in?",
    "The ambulance should come to {}!",
    "My new flat: {}. What furniture fits?",
    "please note down {}",
)


def phone(random: Random) -> Made:
    """As a country writes them, with an extension, with a label."""
    d = number(random, 9)
    value = random.choice(
        (
            f"+358{d}",
            f"(0{d[:3]})-{d[3:]}",
            f"0{d[0]}-{d[1:3]}/{d[3:6]} {d[6:]}",
            f"001-{d[:3]}-{d[3:6]}-{d[5:9]}x00{d[:3]}",
            f"+41 (0){d[:2]} {d[2:5]} {d[5:7]} {d[7:]}",
            f"00420 {d[:3]} {d[3:6]} {d[6:]}",
            f"{d[:2]} {d[2:4]} {d[4:6]} {d[6:8]}",
            f"{d[:4]}, {d[4:8]}",
            ", ".join(WORDS[int(one)] for one in d),
            f"tel. {d[:3]} {d[3:]}",
        )
    )
    frames = (
        "whose number is {}",
        "Who called me from {}?",
        "i got a missed call from {} is it spam",
        "My mobile's {} and my landline is broken",
        "The plumber's number, {}, is engaged",
        "texted {} with no answer",
    )
    return in_frame(random, value, frames), value, [], []


def email(random: Random) -> Made:
    """With brackets, with digits in words, of small countries."""
    last = random.choice(LASTS).lower()
    d = number(random, 2)
    value = random.choice(
        (
            f"{last}{d}[at]hispeed[dot]ch",
            f"{last} {WORDS[int(d[0])]} at inet dot hr",
            f"{last} dot k at citromail dot hu",
            f"{last}.k(at)yahoo.hr",
            f"{last}@{last}family.cz",
            f"{last} @ {last}.ie",
            f"{last.upper()}{d}@EXAMPLE.NET",
        )
    )
    frames = (
        "subscribe {} to the newsletter",
        "{} wants a reply",
        "is {} a real address",
        "bcc {} on everything",
        "Somebody hacked {}",
    )
    return in_frame(random, value, frames), value, [last], []


def address(random: Random) -> Made:
    """A number beside a name that is in no list, in the order of many countries."""
    name, end, town = random.choice(_NAMES), random.choice(_ENDS), random.choice(_TOWNS)
    n, z = random.randint(2, 199), number(random, 4)
    value = random.choice(
        (
            f"{n} {name} {end}",
            f"{n} {name} {end}, {town} {z}",
            f"{name} {n}, {z} {town}",
            f"{name}stræde {n}",
            f"{name}baan {n}",
            f"{name} utca {n}., H-{z} {town}",
            f"R. {name} S/N {z}-{z[:3]} {town}",
            f"{n % 9 + 1}-{n}-2 {name.lower()}, minato-ku, {town.lower()}",
            f"Aleea {name} Nr. {n} Bl. 7 Sc. 1 Ap. 8, {town}, {z}",
            f"{n} lotissement {name}",
            f"C/ {name}, {n}",
            f"{name.lower()} {end.lower()} {n} {town.lower()}, {z}0",
        )
    )
    text = in_frame(random, value, _PLACES)
    return text, value, [name], []


def handle(random: Random) -> Made:
    """A last name with digits, without any sign that it is a handle."""
    last = random.choice(LASTS).lower()
    value = last + number(random, random.choice((2, 3)))
    frames = (
        "log in as {}",
        "message {} on signal",
        "what did {} tweet",
        "{} followed me",
        "my gamertag is {}",
    )
    return in_frame(random, value, frames), value, [last], []


def listed(random: Random) -> Made:
    """Listed names in capitals, in lower case and amid other items."""
    name, last = random.choice(FIRSTS), random.choice(LASTS)
    value = random.choice((name, last, f"{name} {last}"))
    text = in_frame(
        random,
        random.choice((value, value.upper(), value.lower())),
        (
            "is {} in already or shall I call " + spoken(number(random, 7), random),
            "{} owes me 40 euros",
            "what rhymes with {}",
            "tell the school that {} is ill and lives at 708 Keller Creek",
        ),
    )
    return text, value, [], [f"{name} {last}"]

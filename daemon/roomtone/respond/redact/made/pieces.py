"""What the made-up items are made of: names, streets, digits, sentences."""

from __future__ import annotations

from random import Random

from roomtone.respond.redact.word_list import in_order

Made = tuple[str, str, list[str], list[str]]
"""Text, secret, parts, names to list."""

FIRSTS = in_order(
    """
    Anna Clara Jonas Priya Mateo Sofie Liam Chloe Giulia Bram Ingrid Rohan Aoife Wanda Emre
    """
)
LASTS = in_order(
    """
    Weber Petersen Okafor Lindqvist Moreau Castellano Vandermeer Iyer Kowalczyk Hathaway
    Brandt
    """
)
STREETS = in_order(
    """
    Maple Willow Birch Kestrel Harbour Juniper Sycamore Larkspur Foxglove Thornbury
    """
)
TYPES = in_order(
    """
    Street Road Avenue Lane Drive Court Close Way Crescent Terrace Place Boulevard St Rd Ave
    """
)
CITIES = in_order(
    """
    Springfield Ashford Millbrook Dunmore Kirkwall Redhill Lakewood Thornton
    """
)
GERMAN = in_order(
    """
    Lindenstraße Hauptstr. Birkenweg Schillerplatz Kastanienallee Rosengasse Mühlenweg
    """
)
FRENCH = (
    "rue de la Paix",
    "avenue Victor Hugo",
    "boulevard Voltaire",
    "impasse des Lilas",
    "chemin du Moulin",
)
SPANISH = ("Calle Mayor", "Avenida de la Constitución", "Paseo del Prado", "Plaza Nueva")
ITALIAN = ("Via Garibaldi", "Corso Vittorio Emanuele", "Piazza San Marco", "Viale Monza")
DUTCH = in_order("Keizersgracht Kerkstraat Molenweg Julianalaan Dorpsstraat")
NORDIC = ("Storgatan", "Vesterbrogade", "Karl Johans gate", "Mannerheimintie", "Kungsgatan")
WORDS = in_order("zero one two three four five six seven eight nine")
PROVIDERS = in_order(
    """
    gmail.com outlook.com web.de example.org mail.ru yahoo.co.uk posteo.de orange.fr uni.ac.uk
    """
)
SECRETS = in_order(
    """
    hunter2 Tr0ub4dor&3 sunflower99 Blue!Kettle7 qwertz123 p@ssW0rd zebra-kite-51 Mango#2020
    """
)


def number(random: Random, count: int) -> str:
    """`count` digits, the first of them not 0."""
    return str(random.randint(1, 9)) + "".join(str(random.randint(0, 9)) for _ in range(count - 1))


def spoken(digits: str, random: Random) -> str:
    """Digits one by one in words; zero is "oh" now and then, pairs are "double"."""
    said, at = [], 0
    while at < len(digits):
        if digits[at] == digits[at + 1 : at + 2] and random.random() < 0.5:
            said.append("double " + WORDS[int(digits[at])])
            at += 2
            continue
        said.append(random.choice(("oh", "zero")) if digits[at] == "0" else WORDS[int(digits[at])])
        at += 1
    return " ".join(said)


def grouped(digits: str, sizes: tuple[int, ...], joint: str = " ") -> str:
    """Digits in groups; the rest is one more group."""
    groups, at = [], 0
    for size in sizes:
        groups.append(digits[at : at + size])
        at += size
    return joint.join(filter(None, [*groups, digits[at:]]))


def in_frame(random: Random, value: str, frames: tuple[str, ...]) -> str:
    """The value in one of the sentences."""
    return random.choice(frames).replace("{}", value)

"""First generation: every kind in the formats of a dozen countries, as typed and as spoken."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

Made = tuple[str, str, list[str], list[str]]
"""Text, secret, parts, names to list."""

FIRSTS = "Anna Clara Jonas Priya Mateo Sofie Liam Chloe Giulia Bram Ingrid Rohan Aoife Wanda Emre".split()
LASTS = "Weber Petersen Okafor Lindqvist Moreau Castellano Vandermeer Iyer Kowalczyk Hathaway Brandt".split()
STREETS = "Maple Willow Birch Kestrel Harbour Juniper Sycamore Larkspur Foxglove Thornbury".split()
TYPES = "Street,Road,Avenue,Lane,Drive,Court,Close,Way,Crescent,Terrace,Place,Boulevard,St,Rd,Ave".split(",")
CITIES = "Springfield Ashford Millbrook Dunmore Kirkwall Redhill Lakewood Thornton".split()
GERMAN = "Lindenstraße Hauptstr. Birkenweg Schillerplatz Kastanienallee Rosengasse Mühlenweg".split()
FRENCH = ("rue de la Paix", "avenue Victor Hugo", "boulevard Voltaire", "impasse des Lilas", "chemin du Moulin")
SPANISH = ("Calle Mayor", "Avenida de la Constitución", "Paseo del Prado", "Plaza Nueva")
ITALIAN = ("Via Garibaldi", "Corso Vittorio Emanuele", "Piazza San Marco", "Viale Monza")
DUTCH = "Keizersgracht Kerkstraat Molenweg Julianalaan Dorpsstraat".split()
NORDIC = ("Storgatan", "Vesterbrogade", "Karl Johans gate", "Mannerheimintie", "Kungsgatan")
WORDS = "zero one two three four five six seven eight nine".split()
PROVIDERS = "gmail.com outlook.com web.de example.org mail.ru yahoo.co.uk posteo.de orange.fr uni.ac.uk".split()
SECRETS = "hunter2 Tr0ub4dor&3 sunflower99 Blue!Kettle7 qwertz123 p@ssW0rd zebra-kite-51 Mango#2020".split()


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


def phone(random: Random) -> Made:
    """US, UK, German, French, Spanish, Italian, Dutch, Nordic, Indian and Australian numbers."""
    d = number(random, 10)
    forms = (
        f"({d[:3]}) {d[3:6]}-{d[6:]}", f"+1 {d[:3]}-{d[3:6]}-{d[6:]}", f"{d[:3]}.{d[3:6]}.{d[6:]}",
        f"07{d[:3]} {d[3:9]}", f"+44 20 {d[:4]} {d[4:8]}", f"0171/{d[:7]}", f"+49 151 {d[:8]}",
        f"06 {grouped(d[:8], (2, 2, 2))}", f"+33 6 {grouped(d[:8], (2, 2, 2))}",
        f"+34 6{grouped(d[:8], (2, 3, 3))}", f"+39 3{d[:2]} {d[2:9]}", f"+31 6 {d[:8]}",
        f"070-{d[:3]} {d[3:5]} {d[5:7]}", f"+45 {grouped(d[:8], (2, 2, 2))}", f"+91 {d[:5]} {d[5:]}",
        f"04{d[:2]} {d[2:5]} {d[5:8]}", spoken(d, random), spoken("0" + d, random),
        f"plus four nine {spoken(d, random)}", " ".join(d), ", ".join(grouped(d, (3, 3)).split()),
        f"{d[:3]} and then {d[3:6]} and then {d[6:]}",
    )
    value = random.choice(forms)
    text = in_frame(
        random, value,
        ("call me at {}", "My phone number is {}.", "{} is my number, what area code is that?",
         "Text my sister on {} please", "her mobile is {}", "Can you ring {} for me?", "it's {}"),
    )
    return text, value, [], []


def email(random: Random) -> Made:
    """Written and spoken addresses."""
    first, last = random.choice(FIRSTS).lower(), random.choice(LASTS).lower()
    local = random.choice((f"{first}.{last}", f"{first}{number(random, 2)}", f"{first}_{last}", f"{first}+news", f"{first}-{last}"))
    host = random.choice(PROVIDERS)
    written = f"{local}@{host}"
    names = {".": " dot ", "_": " underscore ", "-": " dash ", "+": " plus ", "@": " at "}
    said = "".join(names.get(c, c) for c in written)
    value = random.choice((written, said, written.upper(), said.replace("@", " at "), f"{local} at {host}"))
    text = in_frame(
        random, value,
        ("my email is {}", "Write to {} that I'm late", "send the invoice to {}, please", "Is {} a valid address?",
         "{} is where you can reach me", "email {}"),
    )
    return text, value, [first + last if first + last in local else last] if last in local else [], []


def address(random: Random) -> Made:
    """Street, number, postcode and city in the order of the country."""
    n, city, zipped = str(random.randint(1, 240)), random.choice(CITIES), number(random, 5)
    street = random.choice(STREETS)
    kind = random.choice(TYPES)
    forms = (
        (f"{n} {street} {kind}, {city}", street), (f"{n} {street} {kind}, {city}, TX {zipped}", street),
        (f"{n} {street} {kind}, Apartment 4b, {city} {zipped}-{number(random, 4)}", street),
        (f"Flat 2, {n} {street} {kind}, {city} SW1A 1AA", street),
        (f"{random.choice(GERMAN)} {n}, {zipped} {city}", city), (f"{n} {random.choice(FRENCH)}, {zipped} {city}", city),
        (f"{random.choice(SPANISH)} {n}, {zipped} {city}", city), (f"{random.choice(ITALIAN)} {n}, {zipped} {city}", city),
        (f"{random.choice(DUTCH)} {n}, {number(random, 4)} AB {city}", city),
        (f"{random.choice(NORDIC)} {n}, {number(random, 4)} {city}", city),
        (f"PO Box {n}, {city}", city),
        (f"twenty {random.choice(WORDS[1:])} {street.lower()} {kind.lower()} {city.lower()}", street.lower()),
    )
    value, part = random.choice(forms)
    text = in_frame(
        random, value,
        ("I live at {}.", "My address is {}", "Directions to {} please", "send it to {}", "{} is where we moved to",
         "How do I get from {} to the airport?", "Deliver the flowers to {}, can you?"),
    )
    return text, value, [part], []


def card(random: Random) -> Made:
    """13 to 19 digits, in groups, spoken, with signs between."""
    d = number(random, random.choice((13, 15, 16, 16, 16, 18, 19)))
    value = random.choice((d, grouped(d, (4, 4, 4)), grouped(d, (4, 4, 4), "-"), spoken(d, random), " ".join(d), grouped(d, (4, 4, 4), ", ")))
    text = in_frame(
        random, value,
        ("my card is {}", "Remember my credit card number {}", "pay with {} please", "The visa number is {}.", "{} is that a visa card?"),
    )
    return text, value, [d[-4:]], []


def iban(random: Random) -> Made:
    """Account numbers of the world, valid or not, and the local kinds."""
    country = random.choice(("DE", "FR", "ES", "IT", "NL", "GB", "CH", "SE", "NO", "BE", "AT", "MT"))
    bank = random.choice(("ABNA", "NWBK", "BUKB")) if country in ("NL", "GB", "MT") else ""
    d = number(random, 18)
    whole = f"{country}{d[:2]}{bank}{d[2:]}"
    value = random.choice(
        (whole, grouped(whole, (4, 4, 4, 4)), grouped(whole, (4, 4, 4, 4)).lower(), f"{' '.join(country.lower())} {spoken(d, random)}",
         f"{d[:2]}-{d[2:4]}-{d[4:6]} account {d[6:14]}", f"routing number {d[:9]} account number {d[9:]}")
    )
    return in_frame(random, value, ("my IBAN is {}", "Transfer it to {}", "{} is my bank account", "Save {} for later")), value, [], []


def identity(random: Random) -> Made:
    """Numbers that states and firms give to people."""
    d = number(random, 12)
    letters = "".join(random.choice("ABCEGHJKLMNPRSTVXYZ") for _ in range(4))
    label, value = random.choice(
        (("my social security number is", f"{d[:3]}-{d[3:5]}-{d[5:9]}"), ("my SSN is", spoken(d[:9], random)),
         ("my NI number is", f"{letters[:2]} {d[:2]} {d[2:4]} {d[4:6]} {letters[2]}"), ("meine Steuer-ID ist", grouped(d[:11], (2, 3, 3))),
         ("my passport number is", f"{letters[0]}{d[:8]}"), ("my licence plate is", f"{letters[:2]}{d[:2]} {letters[1:]}"),
         ("mein Kennzeichen ist", f"{letters[0]}-{letters[1:3]} {d[:4]}"), ("our customer number is", d[:7]), ("my order number is", f"{letters[:2]}-{d[:6]}"),
         ("the meter reading number is", d[:8]), ("my medicare number is", grouped(d[:10], (4, 5))), ("my aadhaar is", grouped(d, (4, 4))))
    )
    return f"{label} {value}{random.choice(('', '.', ', can you remember that?'))}", value, [], []


def birthday(random: Random) -> Made:
    """A date of birth, said as such."""
    day, year = random.randint(1, 28), random.randint(1931, 2015)
    month = random.choice("January February March April June July August September October November December".split())
    at = random.randint(1, 12)
    value = random.choice(
        (f"{month} {day}, {year}", f"{day} {month} {year}", f"the {day}th of {month} {year}", f"{day:02}.{at:02}.{year}", f"{year}-{at:02}-{day:02}", f"{at}/{day}/{year}")
    )
    return in_frame(random, value, ("I was born on {}", "my birthday is {}", "My date of birth is {}. How old am I?", "ich bin am {} geboren", "my wife was born {}")), value, [str(year)], []


def password(random: Random) -> Made:
    """Passwords, PINs and codes."""
    word = random.choice(SECRETS) if random.random() < 0.6 else random.choice(STREETS).lower() + number(random, 3)
    pin = number(random, random.choice((4, 4, 6)))
    if random.random() < 0.5:
        text = in_frame(random, word, ("the wifi password is {}", "My password is {}. Don't forget it", "{} is our wifi password", "Das WLAN-Passwort ist {}", "change my password to {}", "password: {}", "my Netflix password is {} and I want to change it"))
        return text, word, [], []
    value = random.choice((pin, spoken(pin, random), " ".join(pin)))
    text = in_frame(random, value, ("my pin is {}", "The door code is {}.", "the alarm code is {}, remember it", "{} is my pin", "the combination of the safe is {}", "The code for the garage is {}"))
    return text, value, [], []


def network(random: Random) -> Made:
    """Addresses of machines and pages, and where things are on the globe."""
    d = [random.randint(0, 255) for _ in range(6)]
    name = random.choice(LASTS).lower()
    value, part = random.choice(
        ((".".join(map(str, d[:4])), ""), (":".join(f"{x:02x}" for x in d), ""), ("-".join(f"{x:02X}" for x in d), ""),
         (f"2001:db8:{d[0]:x}::{d[1]:x}:{d[2]:x}{d[3]:x}", ""), (f"https://{name}.example.com/home?id={number(random, 6)}", name), (f"http://anna:{name}@nas.local/", name),
         (f"{random.uniform(-80, 80):.5f}, {random.uniform(-170, 170):.5f}", ""), (f"{random.randint(10, 80)} degrees {random.randint(10, 59)} minutes north {random.randint(10, 99)} degrees {random.randint(10, 59)} minutes east", ""))
    )
    return in_frame(random, value, ("ping {} for me", "my server is at {}", "What is at {}?", "open {}")), value, [part] if part else [], []


def token(random: Random) -> Made:
    """Keys of programs."""
    body = "".join(random.choice("abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789") for _ in range(32))
    value = random.choice((f"sk-proj-{body}", f"ghp_{body}", body, f"AKIA{body[:16].upper()}", f"xoxb-{number(random, 11)}-{body[:20]}", body.lower()))
    return in_frame(random, value, ("my api key is {}", "use {} to log in", "The token {} does not work", "export KEY={}")), value, [], []


def handle(random: Random) -> Made:
    """Names of users."""
    name = random.choice(FIRSTS).lower() + random.choice(("_", ".", "")) + random.choice(LASTS).lower() + random.choice(("", number(random, 2)))
    return in_frame(random, name, ("follow @{} on instagram", "my username is {}", "My twitter handle is {}", "message @{}", "Her user name is {}.")), name, [], []


def listed(random: Random) -> Made:
    """Names that the owner has listed."""
    first, last = random.choice(FIRSTS), random.choice(LASTS)
    value = random.choice((first, last, f"{first} {last}", first.upper(), first.lower(), f"{first}'s", f"{first}s", f"{last.lower()}'s", " ".join(first.lower()), ". ".join(first.upper()) + "."))
    text = in_frame(random, value, ("is {} home", "Tell {} that dinner is ready", "What does {} like to eat?", "{} called, who can help?", "write a poem for {}", "I think {} and I should go"))
    return text, value.removesuffix("'s"), [], [f"{first} {last}"]


MAKERS: dict[str, Callable[[Random], Made]] = {
    "phone": phone, "email": email, "address": address, "card": card, "account": iban, "identity": identity,
    "birthday": birthday, "password": password, "network": network, "token": token, "handle": handle, "listed name": listed,
}
"""Kind -> its maker."""

"""Words that announce a private item: from them on, even a short number is one."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right

from roomtone.respond.redact.reading import Reading

_ALONE = {
    "CODE": (
        *("pin", "pincode", "passcode", "cvv", "cvc", "cvv2", "otp", "puk", "tan", "geheimzahl"),
        *(
            "pins",
            "turcode",
            "zugangscode",
            "kod",
            "kode",
            "codice",
            "clave",
            "keycode",
            "doorcode",
        ),
        *("tuercode", "turkode", "pinkode", "pinkod", "pincodes", "combo", "passcodes"),
        *("toegangscode", "deurcode", "sicherheitscode", "pinnummer", "alarmcode", "portkod"),
    ),
    "ACCOUNT": (
        *("iban", "bic", "swift", "bsb", "konto", "kontonummer", "bankleitzahl", "blz", "ifsc"),
        *("routing", "rekening", "rekeningnummer", "compte", "cuenta", "conto", "sortcode"),
        *("accountnumber", "micr", "upi", "kontonr", "bankkonto", "bankverbindung", "bankgiro"),
    ),
    "ID": (
        *(
            "ssn",
            "passport",
            "nino",
            "aadhaar",
            "aadhar",
            "reisepass",
            "ausweis",
            "personalausweis",
        ),
        *("ausweisnummer", "passnummer", "steuernummer", "steuerid", "pasaporte", "passeport"),
        *("passaporto", "paspoort", "paspoortnummer", "dni", "nie", "nif", "nss", "bsn", "cpr"),
        *("personnummer", "fodselsnummer", "burgerservicenummer", "numberplate", "kennzeichen"),
        *("kenteken", "matricula", "immatriculation", "targa", "tfn", "medicare", "itin", "ein"),
        *("licence", "license", "rentenversicherungsnummer", "sozialversicherungsnummer", "vin"),
        *("versichertennummer", "krankenkasse", "codicefiscale", "fiscale", "nhs", "nummerschild"),
        *("registration", "sozialversicherung", "fuhrerschein", "cnp", "pesel", "cedula", "nir"),
        *("autonummer", "identifiant", "zahlernummer", "zaehlernummer", "kundennummer", "idnummer"),
        *("bestellnummer", "auftragsnummer", "vertragsnummer", "rechnungsnummer", "kundnummer"),
        *("klantnummer", "ordernummer", "meternummer", "kundenummer", "kundennr", "aktenzeichen"),
        *("mitgliedsnummer", "policennummer", "buchungsnummer", "sendungsnummer", "lizenznummer"),
    ),
    "CARD": (
        *("visa", "mastercard", "amex", "kreditkarte", "kartennummer", "debit"),
        *("kreditkartennummer", "kreditnummer"),
        *("creditcard", "kreditkort", "kreditkarten", "creditkaart", "kredittkort", "kortnummer"),
        *("girocard", "maestro", "pan"),
    ),
    "PHONE": (
        *("phone", "telephone", "cellphone", "cell", "landline", "fax", "whatsapp", "handynummer"),
        *("telefon", "telefonnummer", "handy", "mobilnummer", "rufnummer", "telefono", "telefoon"),
        *("telefoonnummer", "portable", "movil", "cellulare", "telefonnr", "mobil", "mobiel"),
        *("festnetz", "durchwahl", "festnetznummer", "mobilephone", "telephon", "sim", "gsm"),
    ),
    "BIRTHDAY": (
        *("birthday", "birthdate", "dob", "birth", "geburtstag", "geburtsdatum", "naissance"),
        *("cumpleanos", "nacimiento", "compleanno", "nascita", "verjaardag", "geboortedatum"),
        *(
            "fodelsedag",
            "fodselsdag",
            "bursdag",
            "fodt",
            "fodd",
            "anniversaire",
            "nacido",
            "nacida",
        ),
        *("geburtsjahr", "bday", "geboren", "fodelsedatum", "fodselsdato", "naci", "geburtstags"),
    ),
    "ADDRESS": (
        *("postcode", "postcodes", "zip", "zipcode", "plz", "postleitzahl", "postnummer"),
        *("adresse", "anschrift", "direccion", "indirizzo", "adres", "adress", "domicilio", "cap"),
        *(
            "wohne",
            "wohnt",
            "wohnen",
            "wohnhaft",
            "habite",
            "vivo",
            "abito",
            "woon",
            "bor",
            "eircode",
        ),
        *("pobox", "postfach", "postbus", "postboks", "apartado", "hausnummer", "huisnummer"),
        *("lieferadresse", "wohnung", "domicile", "whatthreewords"),
    ),
    "COORDINATES": (
        *("latitude", "longitude", "lat", "lon", "lng", "coordinates", "coordinate", "gps"),
        *("koordinaten", "breitengrad", "langengrad", "coordonnees", "coordenadas", "coordinate"),
        *("latlong", "geolocation"),
    ),
    "NETWORK": ("ip", "ipv4", "ipv6", "mac", "subnet", "gateway", "localhost", "router"),
}
_PHRASES = (
    (
        "CODE",
        "code",
        r"\b(?:door|gate|alarm|access|security|entry|lock|garage|verification|sms|time"
        r"|bank|card|pin"
        r"|safe|building|unlock|key|backup|recovery|confirmation|house|gym|login|safety"
        r"|lockbox|front"
        r"|back|our|my|the|their|his|her|stair|activation|two factor|authenticator|discount|voucher"
        r"|reset|entrance|office|parking|elevator|lift|shed|pass|wifi|der|le|la|il|el"
        r"|de)\s+codes?\b"
        r"|\bcodes?(?:\s+\w+){0,5}\s*(?:is|was|:|=|ist|lautet|est|es|changed|,)|\bcode\s+\d|\bcode\b[^.?!]{0,30}\W[*#]?\d\d",
    ),
    ("CODE", "combination", r"combination"),
    *(
        ("CODE", word, r".")
        for word in ("disarm", "disarmed", "disarms", "keypad", "locker", "opens")
    ),
    ("CODE", "digits", r"\b(?:last|first|next|other|final|four|remaining)\b[^.]{0,20}\bdigits"),
    ("CODE", "code's", r"code's"),
    ("ACCOUNT", "sort", r"\bsort\s*code"),
    ("ACCOUNT", "account", r"\baccount"),
    ("ID", "social", r"\bsocial\s+(?:security|insurance)|\bmy\s+social\b"),
    ("ID", "insurance", r"\binsurance"),
    ("ID", "tax", r"\btax(?:payer)?\s+(?:id|number|code|file|ref|ident)"),
    ("ID", "steuer", r"steuer"),
    ("ID", "identifikationsnummer", r"."),
    ("ID", "national", r"\bnational\s+(?:id|ident|ins|num)"),
    (
        "ID",
        "plate",
        r"\b(?:licen[cs]e|number|my|the|car|registration|his|her)\s+plate|plate\s+(?:is|num|no)|plate\W{1,3}\w{1,8}\W",
    ),
    (
        "ID",
        "id",
        r"\bid\s*(?:is|num|no|card|:|#|\d)|(?:\bmy|user|employee|student|national|tax)\s+id\b",
    ),
    (
        "ID",
        "number",
        r"\b(?:my|our|his|her|their|your|the|meter|customer|order|invoice|booking"
        r"|reference|member|case"
        r"|membership|tracking|policy|serial|patient|contract|claim|ticket|employee"
        r"|student|reservation"
        r"|client|reader|library|loyalty|flyer|confirmation|personal|house|flat|apartment)"
        r"(?:\s+\w+){0,3}\s+number\b|\bnumber(?:\s+\w+){0,4}\s*(?:is|was|:|=)|\bnumber's",
    ),
    ("ID", "user", r"\buser\s+#?\d"),
    (
        "ID",
        "meter",
        r"\bmeter\s+(?:reading|number|no|id|is|reads|ref)|(?:gas|electric\w*|water)\s+meter",
    ),
    ("ID", "customer", r"\bcustomer\s+(?:number|no|id|ref|code|is|:)"),
    ("ID", "order", r"\border\s+(?:number|no\b|id|ref|#|is|:)"),
    ("ID", "reference", r"\breference"),
    ("ID", "booking", r"\bbooking"),
    ("ID", "tracking", r"\btracking"),
    ("ID", "serial", r"\bserial"),
    ("ID", "invoice", r"\binvoice"),
    ("ID", "nummer", r"."),
    ("ID", "numero", r"."),
    (
        "CARD",
        "card",
        r"\b(?:credit|debit|bank|my|our|his|her|the|payment|on|gift|prepaid)\s+card"
        r"|\bcard\s+(?:num|no|is|end|exp|:|\d)",
    ),
    ("CARD", "ending", r"\bending\s+(?:in|with|on)?\s*[\w]"),
    ("CARD", "ends", r"\bends\s+(?:in|with|on)\b"),
    (
        "CODE",
        "press",
        r"\bpress\s+(?:[*#\d]|(?:oh|zero|one|two|three|four|five|six|seven|eight|nine|double)\b)",
    ),
    ("CODE", "lock", r"\block\b.{0,20}\b(?:is|set|to|with)\b"),
    ("CODE", "locked", r"\blocked\s+(?:with|by)\b"),
    ("CODE", "enter", r"\benter\b.{3,40}\b(?:to|and)\s+(?:open|unlock|disarm|get)\b"),
    ("CODE", "unlock", r"\bunlock\s+(?:\w+\s+){0,3}(?:with|using|by)\b"),
    ("ID", "registered", r"\bwhere(?:'s|\s+is)\b"),
    ("CARD", "expires", r"."),
    ("CARD", "expiry", r"."),
    ("CARD", "carte", r"\bcarte"),
    ("CARD", "tarjeta", r"."),
    ("CARD", "carta", r"\bcarta\s+di"),
    ("PHONE", "mobile", r"\bmobile"),
    (
        "PHONE",
        "number",
        r"\b(?:phone|mobile|cell|fax|telephone|home|work|contact|whatsapp|direct)\s+number",
    ),
    (
        "PHONE",
        "me",
        r"\b(?:call|ring|text|phone|reach|message|contact|dial|get)\s+(?:me|us|him"
        r"|her)\s+(?:back\s+)?(?:at|on|under)\b",
    ),
    ("PHONE", "dial", r"."),
    ("PHONE", "extension", r"\bextension\s+(?:is\s+)?[\w]"),
    ("BIRTHDAY", "born", r"."),
    ("BIRTHDAY", "nato", r"\b(?:sono|e|nata|nato)\s+(?:nato|nata|il)"),
    ("BIRTHDAY", "nata", r"."),
    ("BIRTHDAY", "ne", r"\bne\s+le\b"),
    ("BIRTHDAY", "nee", r"\bnee\s+le\b"),
    ("COORDINATES", "north", r"(?:degrees?|minutes?|seconds?|\d|point \w+)\W+north"),
    ("COORDINATES", "south", r"(?:degrees?|minutes?|seconds?|\d|point \w+)\W+south"),
    ("COORDINATES", "n", r"\d\W{0,3}n\b.{0,4}\d|\bn\W{0,2}\d"),
    ("COORDINATES", "s", r"\d\W{0,3}s\b.{0,4}\d.*[\d\W][ew]\b"),
    ("ADDRESS", "address", r"\baddress"),
    ("ADDRESS", "code", r"\b(?:postal|post|zip|area)\s+code|code\s+postal"),
    ("ADDRESS", "codigo", r"codigo\s+postal"),
    (
        "ADDRESS",
        "live",
        r"\b(?:i|we|he|she|they|who|parents|mother|mum|mom|dad|father|sister|brother"
        r"|friend|grandma|son|daughter)\s+(?:now\s+|currently\s+"
        r"|both\s+)?live\b(?:\s+\w+){0,2}\s+(?:at|in|on|near)\b|\blive\s+at\b",
    ),
    (
        "ADDRESS",
        "lived",
        r"\b(?:has|have|had|i|he|she|we|they)\s+lived\s+(?:\w+\s+)?(?:at|in|on|near)\b",
    ),
    ("ADDRESS", "lives", r"\blives\s+(?:\w+\s+)?(?:at|in|on|near)\b"),
    ("ADDRESS", "living", r"\bliving\s+(?:at|in|on)\b"),
    ("ADDRESS", "house", r"\bhouse\s+(?:number|is\s+(?:at|on|number)|at)\b"),
    ("ADDRESS", "moved", r"\bmoved\s+(?:\w+\s+)?(?:to|from|into)\b"),
    ("ADDRESS", "deliver", r"."),
    ("ADDRESS", "delivered", r"."),
    ("ADDRESS", "ship", r"\bship\s+(?:\w+\s+){0,3}to\b"),
    ("ADDRESS", "located", r"\blocated\s+(?:at|on)"),
)
_WORDS = {word: kind for kind, words in _ALONE.items() for word in words}
ANNOUNCING = frozenset(_WORDS) | frozenset(guard for _, guard, _ in _PHRASES)
"""Words that announce something; they stay readable beside it."""
_CHECKED: dict[str, list[tuple[str, re.Pattern[str]]]] = {}
for _kind, _guard, _pattern in _PHRASES:
    _CHECKED.setdefault(_guard, []).append((_kind, re.compile(_pattern)))
_ENDINGS = {"nummer": "ID", "nummern": "ID", "code": "CODE", "adresse": "ADDRESS", "kod": "CODE"}
_LAST = tuple(_ENDINGS)


class Cue:
    """A word that announces items of a kind, by its place among the words and in the text."""

    __slots__ = ("at", "kind", "start")

    def __init__(self, kind: str, at: int, start: int) -> None:
        self.kind = kind
        self.at = at
        self.start = start


def cues(reading: Reading) -> list[Cue]:
    """Every announcement in the text, in its order."""
    found = []
    for at, word in enumerate(reading.words):
        low = word.low
        kind = _WORDS.get(low) or (_WORDS.get(low[:-2]) if low.endswith("'s") else None)
        if kind:
            found.append(Cue(kind, at, word.start))
        if low in _CHECKED:
            around = max(0, word.start - 60)
            found += [
                Cue(kind, at, word.start)
                for kind, pattern in _CHECKED[low]
                if pattern.search(reading.low, around, word.end + 60)
            ]
        if len(low) > 8 and low.endswith(_LAST):
            found += [
                Cue(kind, at, word.start)
                for ending, kind in _ENDINGS.items()
                if low.endswith(ending)
            ]
    return found


def nearest(announced: list[Cue], start: int, end: int, default: str) -> str:
    """Kind of the last announcement before a place, else of the first behind it."""
    if not announced:
        return default
    before = bisect_right(announced, start, key=_place)
    if before and start - announced[before - 1].start < 160:
        return announced[before - 1].kind
    behind = bisect_left(announced, end, key=_place)
    is_close = behind < len(announced) and announced[behind].start < end + 60
    return announced[behind].kind if is_close else default


def _place(cue: Cue) -> int:
    return cue.start

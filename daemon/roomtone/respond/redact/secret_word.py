"""Words that a password, a handle or a code follows: one word, or two in a row."""

from __future__ import annotations

import re

from roomtone.respond.redact.word_list import words as word_list

SECRETS = {
    **dict.fromkeys(
        (
            *("password", "passwords", "passwort", "kennwort", "passphrase", "passwd", "pw", "pwd"),
            *("wachtwoord", "contrasena", "losenord", "adgangskode", "passord", "parola", "losen"),
            *("passkey", "wlan-passwort", "passwortes", "kodeord", "kodord", "passworte", "psk"),
            *("wifi-passwort", "wlanpasswort", "wachtwoorden", "senha", "mnemonic", "motdepasse"),
            *("passcode", "wpa", "wlan", "keyphrase", "codeword", "masterpasswort", "losenordet"),
        ),
        "PASSWORD",
    ),
    **dict.fromkeys(
        ("username", "usernames", "benutzername", "nutzername", "gebruikersnaam"), "USER"
    ),
    **dict.fromkeys(
        ("handle", "gamertag", "nickname", "nick", "login", "instagram", "insta"), "USER"
    ),
    **dict.fromkeys(
        ("twitter", "tiktok", "snapchat", "telegram", "discord", "skype", "mastodon"), "USER"
    ),
    **dict.fromkeys(("bluesky", "usuario", "utente", "pseudo", "identifiant", "userid"), "USER"),
    **dict.fromkeys(("anvandarnamn", "brukernavn", "brugernavn", "userid", "screenname"), "USER"),
    **dict.fromkeys(("pin", "combination", "otp", "puk", "pincode", "tan", "geheimzahl"), "CODE"),
    **dict.fromkeys(("passport", "ssn", "iban", "reisepass"), "ID"),
}
PAIRS = {
    ("user", "name"): "USER",
    ("user", "id"): "USER",
    ("user", ":"): "USER",
    ("username", ":"): "USER",
    ("mot", "passe"): "PASSWORD",
    ("pass", "word"): "PASSWORD",
    ("pass", "phrase"): "PASSWORD",
    ("pass", "code"): "CODE",
    ("wifi", "key"): "PASSWORD",
    ("fi", "key"): "PASSWORD",
    ("network", "key"): "PASSWORD",
    ("security", "key"): "PASSWORD",
    ("wifi", "code"): "PASSWORD",
    ("recovery", "phrase"): "PASSWORD",
    ("seed", "phrase"): "PASSWORD",
    ("recovery", "key"): "PASSWORD",
    ("safe", "word"): "PASSWORD",
    ("secret", "word"): "PASSWORD",
    ("code", "word"): "PASSWORD",
    ("secret", "key"): "TOKEN",
    ("api", "key"): "TOKEN",
    ("access", "key"): "TOKEN",
    ("private", "key"): "TOKEN",
    ("licence", "key"): "TOKEN",
    ("license", "key"): "TOKEN",
    ("product", "key"): "TOKEN",
    ("api", "token"): "TOKEN",
    ("access", "token"): "TOKEN",
    ("bearer", "token"): "TOKEN",
    ("maiden", "name"): "NAME",
    ("security", "answer"): "PASSWORD",
    ("security", "question"): "PASSWORD",
    ("number", "plate"): "ID",
    ("license", "plate"): "ID",
    ("licence", "plate"): "ID",
    ("registration", "plate"): "ID",
    ("door", "code"): "CODE",
    ("gate", "code"): "CODE",
    ("alarm", "code"): "CODE",
    ("unlock", "pattern"): "CODE",
}
SECONDS = frozenset(second for _, second in PAIRS)

MISSPELT = re.compile(r"pas{1,3}w?r?[ow]{0,2}r?l?[dt]s?|pass?w\w{1,4}|p[as]{1,2}[sw]w?ord|paswoord")
"""The word "password" as it is typed in a hurry."""

GOES_ON = word_list(
    """
    ! ) , - . ; ? a again an and are as at be because been before best better but by can change
    changed check could created did do does doesn't don't ever expired expires field file for
    forgotten from generator get had has have help hint how i if in is isn't it key length lock
    long made make makes manager managers me mean means meant month must my need needed needs new
    no not now of off on online or out please policies policy problem prompt protect protected
    protection question really recovery reset resets right rule rules safe safely safety say screen
    security should so still storage strength strong that the then there they this to too tool used
    using vault very want was we what what's when where which who why will with without work works
    would wrong yes you your
    """
)
"""What follows "password" when no password does."""

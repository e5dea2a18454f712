"""What a stranger's made-up items once got through, one sentence for each way."""

import pytest

from roomtone.respond.redact.veil import Veil


@pytest.mark.parametrize(
    ("said", "secret"),
    [
        ("someone hit my car and drove off, plate nfi-126", "126"),
        ("Did qhp 884 get a ticket?", "884"),
        ("is 53 yf 71 a diplomatic plate", "53 yf 71"),
        ("the red golf with 739 JQL", "JQL"),
        ("where is zw-la-2293 registered", "2293"),
        ("my scooter has 707 elc", "elc"),
    ],
)
def test_a_number_plate_needs_no_announcement(said, secret):
    assert secret not in Veil().hide(said)


@pytest.mark.parametrize(
    ("said", "secret"),
    [
        ("Is it far to Betleheminbulevardi 934?", "Betlehem"),
        ("what's the weather at 708 Keller Creek", "Keller"),
        ("My new flat: Pepijnbaan 330. What furniture fits?", "Pepijn"),
        ("navigate to 08 Beasty Street F75FV0N Vanessa Ville", "Beasty"),
        ("Order to Largo do Caminho Novo, S/N, 6701-559 Barcelos", "Barcelos"),
        ("can you find a dentist near 7-12-19 jingumae, minato-ku, yokohama", "jingumae"),
        ("spell Kossuth utca 52., H-4089 Budapest for me", "Kossuth"),
        ("lost my wallet near Szegedi tér 243.", "Szegedi"),
        ("Turn on the heating before I arrive at avenue Pottier", "Pottier"),
        ("find me a gym close to ул. Ленина, д. 22, кв. 78", "Ленина"),
        ("the ambulance should come to Borgo Piovani, 83 Piano 3!", "Piano"),
        ("grandpa has lived in Drumul Tudor since 1970", "Tudor"),
    ],
)
def test_a_street_is_told_by_its_number_and_its_town_by_its_street(said, secret):
    assert secret not in Veil().hide(said)


@pytest.mark.parametrize(
    ("said", "secret"),
    [
        ("Is Build$698 a strong password?", "Build"),
        ("is tomaybegin a strong password", "tomaybegin"),
        ("my pasword is latechoose24 can you remember it", "latechoose24"),
        ("wifi key half affect 80", "half affect 80"),
        ("please remember the wlan password staff benefit career", "staff benefit"),
        ("my password is e$RnBU)w#yxP2Tj^", "e$Rn"),
        ("what does grPlaaOz mean", "grPlaaOz"),
        ("CHANGE PASSWORD TO FOR-KEY-SCIENTIST", "SCIENTIST"),
    ],
)
def test_a_password_is_told_by_its_looks_or_by_what_is_said_of_it(said, secret):
    veil = Veil()
    sent = veil.hide(said)
    assert secret not in sent
    assert veil.reveal(sent) == said


@pytest.mark.parametrize(
    ("said", "secret"),
    [
        ("which of my cards is ending in 3579?", "3579"),
        ("unlock with 1984", "1984"),
        ("burglar alarm double two nine six", "nine six"),
        ("code for the front door *1846", "1846"),
        ("log in as smith375", "smith"),
        ("subscribe besencon77[at]hispeed[dot]ch to the newsletter", "besencon"),
        ("my e-mail's jakupic one at inet dot hr", "jakupic"),
        ("my website is facebook dot com slash eryk galon", "galon"),
        ("the bank details are WTLTGBFL", "WTLTGBFL"),
        ("is wlycczpusld the right bank code?", "wlycczpusld"),
        ("warranty for sk-gnwddcswbelarxplylkfxahre", "gnwdd"),
    ],
)
def test_a_short_code_a_handle_and_a_bank_code_are_hidden(said, secret):
    assert secret not in Veil().hide(said)


@pytest.mark.parametrize(
    "said",
    [
        "Calculate my age: February 6, 1931",
        "She is from february ninth nineteen eighty one, a Virgo",
        "he came into the world on the 1st of December 1996",
        "calculate my age: 26th August 02",
        "is it 20-06-2003",
    ],
)
def test_a_date_of_a_lifetime_is_hidden_where_nobody_says_born(said):
    sent = Veil().hide(said).lower()
    assert not any(part in sent for part in ("1931", "eighty", "1996", "02", "2003"))


@pytest.mark.parametrize(
    "said",
    [
        "when did the berlin wall fall, was it november 9 1989",
        "remind me of the dentist on march 12, 2026",
        "what is the difference between USB 2 and USB 3",
        "is covid-19 over",
        "how old is a 5-year-old dog",
        "who sang 99 red balloons",
        "is 1080p enough for a 40-inch television",
        "what does psalm 23 say",
        "A car costs 24000 euros, what are the payments over 48 months?",
        "how many wonders are in 5 gallons",
        "is mount everest 8848 meters high",
        "what is 4512 divided by 12",
    ],
)
def test_quantities_series_and_history_stay_readable(said):
    assert Veil().hide(said) == said

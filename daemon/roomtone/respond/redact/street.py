"""Words that streets, flats and post boxes are made of, in many languages (folded)."""

from __future__ import annotations

from roomtone.respond.redact.word_list import words as word_list

STRONG = word_list(
    """
    aleja allee avda ave avenida avenue avenue's blvd boulevard bypass calata calle callejon
    carretera chaussee chemin chowk colony contrada corso cres crescent cul-de-sac dreef
    esplanade expressway faubourg freeway gade gasse gata gatan glorieta gracht highway hwy
    impasse kade katu laan lane layout ln lungomare marg mews nagar parade parkway paseo piazza
    piazzale pkwy plac plaza prospekt quai rd road rua rue salita sentier sokak steeg str straat
    strada stradone strase strasse street terrace travesia turnpike ulica vag vagen vei veien
    vej via viale vicolo
    """
)
"""Beside a number or a name they are a street and nothing else."""

WEAK = word_list(
    """
    allee alley allmende approach avenues bagh bend berg block brae bridge broadway camino camp
    cir circle close cottages cours court cove crest croft cross crossing ct dale damm dr drive
    drove enclave estate estates extension gardens gates gdns green grove heath heights hill hof
    hollow island junction knoll landing largo loop main manor markt meadow meadows mount
    orchard oval pad park passage path peth pfad phase pike pl place platz plein pur puram quay
    ridge ring rise ronda route row sector singel springs spur sq square st steig strand
    stravenue summit ter terr tie trail trl ufer vale vihar villas vista wadi walk way weg wharf
    wynd
    """
)
"""A street when a number and a name stand before them."""

SUFFIXES = tuple(
    word_list(
        """
        acker alle allee anger backen bakken berg bogen brucke chaussee damm dijk dreef feld gade
        garten gasse gata gatan gaten graben gracht grand grund hang haven heide hof hofje hoven
        kade kamp katu kuja laan leite leitn markt pad park pfad pfort plads plass platz plein
        promenade rain ring singel steeg steig stieg stien stigen str straat strase strasse tie tor
        torget torv twiete ufer vagen veg vegen veien vej wal wall weg weide wiese winkel zeile
        """
    )
)
"""Endings of streets that are one word."""

SURE_SUFFIXES = tuple(
    word_list(
        """
        chaussee gade gasse gatan gaten gracht kade laan platz straat strase strasse vagen veien
        """
    )
)
"""Endings that need no number behind them."""

LEADING = word_list(
    """
    al aleja allee am an auf avda avenida avenue avinguda beim boulevard calle callejon camino
    carrer carretera chemin contrada corso cours faubourg glorieta gran hinter im impasse largo
    lungomare paseo passage piazza piazzale plac placa place platz plaza praca quai rambla ronda
    route rua rue salita sentier str strada strasse travesia ul ulica ulitsa unter via viale
    vicolo vor zum zur
    """
)
"""Words in front of the street's name; the number may stand behind it."""

PREPOSITIONS = frozenset(("am", "an", "im", "unter", "auf", "zum", "zur", "hinter", "vor", "beim"))
"""German ones; the number stands behind the street."""

LEADING_SURE = LEADING - {
    *(
        "am",
        "an",
        "im",
        "unter",
        "auf",
        "zum",
        "zur",
        "hinter",
        "vor",
        "beim",
        "in",
        "via",
        "place",
    ),
    *(
        "route",
        "passage",
        "plaza",
        "avenue",
        "boulevard",
        "allee",
        "ronda",
        "camino",
        "largo",
        "al",
    ),
    *("strasse", "str", "platz", "gran", "rambla"),
}

HOMES = word_list(
    """
    apartment appartement appt apt bajo basement batiment bis bldg block building bus dcha
    derecha dg door eg escalier etage flat floor hinterhaus house hs int interno izda izq
    izquierda lgh lot maisonette og opgang penthouse piso plot puerta room scala ste stiege
    stock suite ter th top tower trailer tv unit wohnung
    """
)
"""Words for a part of a house; a number or a letter follows them."""

BOXES = word_list(
    """
    apartado bag boite box bp casella hc highway pobox postboks postbox postbus poste postfach
    rfd road route rr rural
    """
)

FAMOUS = word_list(
    """
    abbey baker bourbon carnaby central champs coronation diagon downing drury elm fifth fleet
    harley hollywood hyde jump king's leicester madison memory michigan oxford park pennsylvania
    penny piccadilly red savile sesame silk sunset tiananmen times trafalgar wall
    """
)
"""Streets of common knowledge when no number stands beside them."""

PLACES = word_list(
    """
    a aan am an and australia austria avenue b bad bay beach behind bei belgium bis by c canada
    cape cedex city code county d dc de del dem den denmark der di dist district e east el
    england f falls finland fort france germany grand great green heights hill hills im in india
    ireland italy kingdom la lake las le les little long los lower main mount mt n ne near
    netherlands new next north norway nw ny ob of off old on opposite over park port post postal
    postcode rhein rhine river road rock s saint salt san santa scotland se sea sous south spain
    springs st states street sur sw sweden switzerland ter the town uk und under united upon
    upper us usa van village w wales washington west white wood york zealand zip
    """
)
"""Everyday words that go on an address."""

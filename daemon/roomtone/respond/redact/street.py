"""Words that streets, flats and post boxes are made of, in many languages (folded)."""

from __future__ import annotations

from roomtone.respond.redact.word_list import words as word_list

STRONG = word_list(
    """
    aleja allee avda ave avenida avenue avenue's blvd boulevard bulvar bulvari bypass cad caddesi
    calata calle callejon carretera cd chaussee chemin chome chowk colony contrada corso cres
    crescent cul-de-sac dreef esplanade expressway fasor faubourg freeway gade gasse gata gatan
    glorieta gracht highway hwy impasse kade katu korut koz krt laan lane layout ln lungomare
    mahallesi marg mews naberezhnaya nabrezi nagar namesti parade parkway paseo pereulok piazza
    piazzale pkwy plac plaza prospekt quai rd road rua rue salita sentier setany sokagi sokak steeg
    str straat strada stradone strase strasse street terrace travesia trida turnpike ulica ulice
    utca vag vagen vei veien vej via viale vicolo
    """
)
"""Beside a number or a name they are a street and nothing else."""

WEAK = word_list(
    """
    view row
    allee alley allmende anchorage approach arc arcade avenues bagh beach bend berg block boardwalk
    bowl brae bridge broadway bypass camino camp causeway centreway chase cir circle circus close
    common concourse copse corner corseway cottages cours court cove crest crief croft cross
    crossing crossroad ct cutting dale damm dell dip dr drive drove edge elbow enclave esplanade
    estate estates extension fairway firetrail flat follow foreshore fork forks formation frontage
    ganj gap gardens gates gdns glade glen grange green grove harbour haven heath heights hill hof
    hollow inlet interchange intersection island junction knoll kuja kunj landing largo lees line
    link loaf lock locks lookout loop main mall manor markt mead meadow meadows mill mission mount
    orchard outlook oval pad park parklands parks part passage path pathway peth pfad phase pike
    pines pl place platz plaza plein pocket port precinct promenade pur puram puri quadrant quay
    quays ramble range reach reserve rest retreat return ridge ring rise ronda rosebowl rotary route
    row run sector shoals shores siding singel slope springs spur sq square st steig strand
    stravenue strip subway summit tarn ter terminus terr tie tollway top tor towers trail trailer
    triangle trl tunnel turn ufer underpass vale viaduct views vihar village villas vista wadi walk
    walkway waters waterway way ways weg wharf wynd zila
    """
)
"""A street when a number and a name stand before them."""

SUFFIXES = tuple(
    word_list(
        """
        acker alle allee anger aukio baan backen bakke bakken berg bogen brucke bugten bulevardi
        chaussee damm dijk dreef feld gaarden gade garten gasse gata gatan gaten graben gracht grand
        grund hang haugen haven heide hoek hof hofje hoven jordet kaari kade kamp kanal katu kuja
        laan leite leitn lia lokka lunden markt moen pad park parken pfad pfort plads plantsoen
        plass platz plein polku promenade rain raitti ring rinne roa singel skoven steeg steig sti
        stieg stien stigen str straat straede strase strasse stroget sving terassen tie toften tor
        torget torv tunet twiete ufer ut utca vaenget vagen vangen veg vegen veien vej wal wall weg
        weide wiese winkel zeile
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
    al aleea aleja allee am an auf avda avenida avenue avinguda beim boulevard bulevardul calea
    calle callejon camino carrer carretera chemin clos contrada corso cours domaine drumul faubourg
    glorieta gran hameau hinter im impasse intrarea largo lotissement lungomare montee paseo passage
    piazza piazzale plac placa place platz plaza praca quai rambla residence ronda route rua rue
    salita sentier soseaua splaiul str strada strasse traverse travesia ul ulica ulice ulitsa unter
    via viale vicolo vor zum zur
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
    apartment appartement appt apt bajo basement batiment bis bldg block building bus dcha derecha
    dg door eg escalier etage flat floor hinterhaus house hs int interno izda izq izquierda lgh lot
    maisonette og opgang penthouse piano piso plot puerta room scala ste stiege stock suite ter th
    top tower trailer tv unit wohnung
    """
)
"""Words for a part of a house; a number or a letter follows them."""

BOXES = word_list(
    """
    apartado bag boite box bp casella hc highway pobox postboks postbox postbus poste postfach rfd
    road route rr rural
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
    a aan am an and australia austria avenue b bad bay beach behind bei belgium bis by c canada cape
    cedex city code county d dc de del dem den denmark der di dist district e east el england f
    falls finland fort france germany grand great green heights hill hills im in india ireland italy
    kingdom la lake las le les little long los lower main mount mt n ne near netherlands new next
    north norway nw ny ob of off old on opposite over park port post postal postcode rhein rhine
    river road rock s saint salt san santa scotland se sea sous south spain springs st states street
    sur sw sweden switzerland ter the town uk und under united upon upper us usa van village w wales
    washington west white wood york zealand zip
    """
)
"""Everyday words that go on an address."""

"""Words that streets, flats and post boxes are made of, in many languages (folded)."""

from __future__ import annotations

STRONG = frozenset(
    (
        *("street", "road", "avenue", "lane", "boulevard", "crescent", "mews", "parkway", "highway"),
        *("turnpike", "blvd", "ave", "rd", "ln", "pkwy", "hwy", "cres", "esplanade", "strasse", "str"),
        *("allee", "gasse", "chaussee", "rue", "calle", "avenida", "paseo", "carretera", "viale"),
        *("piazza", "corso", "vicolo", "piazzale", "lungomare", "straat", "laan", "gracht", "kade"),
        *("faubourg", "impasse", "chemin", "travesia", "rua", "ulica", "gatan", "vagen", "gata", "vag"),
        *("gade", "vej", "veien", "vei", "katu", "marg", "nagar", "chowk", "strada", "strase"),
        *("stradone", "contrada", "avenue's", "cul-de-sac", "sentier", "sokak", "prospekt"),
        *("avda", "glorieta", "plaza", "plac", "aleja", "via", "quai", "salita", "calata", "callejon"),
        *("parade", "terrace", "layout", "colony", "expressway", "freeway", "bypass", "dreef", "steeg"),
    )
)
"""Beside a number or a name they are a street and nothing else."""

WEAK = frozenset(
    (
        *("drive", "dr", "court", "ct", "close", "way", "place", "pl", "square", "sq", "circle", "cir"),
        *("trail", "trl", "loop", "run", "alley", "pike", "quay", "wharf", "heath", "green", "rise"),
        *("view", "vale", "gardens", "gdns", "grove", "hill", "park", "row", "walk", "path", "gate"),
        *("st", "ring", "platz", "weg", "damm", "ufer", "markt", "hof", "berg", "steig", "pfad", "plein"),
        *("singel", "hof", "allee", "cours", "route", "passage", "ronda", "camino", "camp", "largo"),
        *("cross", "main", "sector", "phase", "block", "ridge", "point", "landing", "bend", "crossing"),
        *("meadow", "meadows", "fields", "field", "yard", "end", "bridge", "broadway", "strand", "croft"),
        *("dale", "drove", "villas", "cottages", "mount", "approach", "avenues", "terr", "ter", "wynd"),
        *("brae", "cove", "crest", "estate", "estates", "heights", "hollow", "island", "junction", "knoll"),
        *("manor", "orchard", "oval", "plain", "pass", "spur", "springs", "stravenue", "summit", "vista"),
        *("extension", "enclave", "vihar", "puram", "bagh", "peth", "wadi", "pur", "tie", "allmende", "pad"),
    )
)
"""A street when a number and a name stand before them."""

SUFFIXES = (
    *("strasse", "strase", "str", "gasse", "allee", "platz", "damm", "ufer", "steig", "pfad", "chaussee"),
    *("straat", "laan", "gracht", "kade", "plein", "dijk", "dreef", "singel", "steeg", "gatan", "vagen"),
    *("gata", "vej", "gade", "veien", "gaten", "katu", "weg", "ring", "markt", "hof", "torget", "grand"),
    *("stien", "stigen", "veg", "vegen", "backen", "tie", "kuja", "winkel", "wiese", "stieg", "berg"),
    *("promenade", "graben", "garten", "tor", "brucke", "feld", "kamp", "park", "hofje", "hoven", "wal"),
    *("pad", "weide", "wall", "twiete", "anger", "alle", "plads", "plass", "torv", "bakken", "haven"),
    *("leitn", "leite", "hang", "grund", "acker", "zeile", "bogen", "winkel", "heide", "pfort", "rain"),
)
"""Endings of streets that are one word."""

SURE_SUFFIXES = (
    *("strasse", "strase", "gasse", "chaussee", "straat", "gracht", "gatan", "vagen", "gade", "gaten"),
    *("laan", "veien", "kade", "platz"),
)
"""Endings that need no number behind them."""

LEADING = frozenset(
    (
        *("rue", "calle", "avenida", "paseo", "carretera", "viale", "piazza", "corso", "vicolo", "via"),
        *("piazzale", "lungomare", "faubourg", "impasse", "chemin", "travesia", "rua", "ulica", "strada"),
        *("contrada", "boulevard", "avenue", "quai", "cours", "place", "route", "passage", "ronda", "plaza"),
        *("camino", "largo", "allee", "sentier", "glorieta", "avda", "callejon", "salita", "plac", "aleja"),
        *("am", "an", "im", "unter", "auf", "zum", "zur", "hinter", "vor", "beim", "in"),
    )
)
"""Words in front of the street's name; the number may stand behind it."""

LEADING_SURE = LEADING - {
    *("am", "an", "im", "unter", "auf", "zum", "zur", "hinter", "vor", "beim", "in", "via", "place"),
    *("route", "passage", "plaza", "avenue", "boulevard", "allee", "ronda", "camino", "largo"),
}

HOMES = frozenset(
    (
        *("apartment", "apt", "flat", "suite", "ste", "unit", "appartement", "wohnung", "appt", "bldg"),
        *("floor", "etage", "piso", "interno", "stock", "lot", "building", "puerta", "bajo", "bis"),
        *("ter", "og", "eg", "dg", "int", "scala", "trailer", "penthouse", "basement", "lgh", "tv", "th"),
        *("dcha", "izda", "izq", "izquierda", "derecha", "bus", "hs", "plot", "door", "maisonette", "top"),
        *("house", "tower", "room", "block", "batiment", "escalier", "stiege", "opgang", "hinterhaus"),
    )
)
"""Words for a part of a house; a number or a letter follows them."""

BOXES = frozenset(
    (
        *("box", "postfach", "postbus", "postboks", "apartado", "bp", "pobox", "casella", "bag", "boite"),
        *("route", "rr", "hc", "rfd", "postbox", "box", "poste", "highway", "road", "rural"),
    )
)

FAMOUS = frozenset(
    (
        *("wall", "abbey", "baker", "sesame", "downing", "penny", "fleet", "times", "trafalgar", "hyde"),
        *("central", "fifth", "sunset", "hollywood", "michigan", "pennsylvania", "oxford", "bourbon"),
        *("leicester", "piccadilly", "madison", "park", "champs", "silk", "coronation", "elm", "jump"),
        *("red", "tiananmen", "savile", "harley", "drury", "carnaby", "diagon", "memory", "king's"),
    )
)
"""Streets of common knowledge when no number stands beside them."""

PLACES = frozenset(
    (
        *("north", "south", "east", "west", "new", "old", "upper", "lower", "great", "little", "fort"),
        *("port", "lake", "mount", "mt", "saint", "st", "san", "santa", "los", "las", "el", "la", "le"),
        *("les", "bad", "beach", "city", "town", "springs", "falls", "county", "village", "heights"),
        *("england", "scotland", "wales", "germany", "france", "spain", "italy", "austria", "canada"),
        *("australia", "ireland", "india", "sweden", "norway", "denmark", "finland", "belgium", "usa"),
        *("states", "united", "kingdom", "uk", "us", "netherlands", "switzerland", "zealand", "york"),
        *("upon", "on", "am", "an", "der", "dem", "im", "ob", "bei", "sur", "sous", "de", "del", "di"),
        *("den", "van", "und", "near", "in", "bis", "ter", "aan", "rhein", "main", "cedex", "hills", "sea"),
        *("nw", "ne", "sw", "se", "n", "s", "e", "w", "next", "district", "dist", "grand", "cape", "bay"),
        *("by", "under", "over", "le", "dc", "ny", "the", "of", "street", "road", "avenue", "washington"),
        *("a", "b", "c", "d", "f", "behind", "opposite", "off", "rhine", "green", "white", "long", "salt"),
        *("post", "code", "zip", "postcode", "postal", "and", "river", "rock", "park", "wood", "hill"),
    )
)
"""Everyday words that go on an address."""

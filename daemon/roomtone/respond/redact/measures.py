"""Words beside numbers: months, ordinals and units, in several languages (folded)."""

from __future__ import annotations

from roomtone.respond.redact.word_list import words as word_list

MONTHS = word_list(
    """
    abril agosto aout apr april aprile aug august augusti augustus avril dec december decembre
    dezember dicembre diciembre enero feb febbraio febrero februar februari february fevrier
    gennaio giugno jan januar januari january janvier juillet juin jul juli julio july jun june
    juni junio luglio maart maerz maggio mai maj mar march mars marz marzo may mayo mei nov
    november novembre noviembre oct october octobre octubre oktober ottobre sep sept september
    septembre septiembre setiembre settembre
    """
)

ORDINALS = word_list(
    """
    erste zweite dritte vierte funfte sechste siebte achte neunte zehnte elfte zwolfte dreizehnte
    vierzehnte funfzehnte sechzehnte siebzehnte achtzehnte neunzehnte zwanzigste dreissigste
    achten dreissigsten dreizehnten dritten eerste eighteenth eighth eleventh elften ersten
    fifteenth fifth first fourteenth fourth funften funfzehnten neunten nineteenth ninth premier
    primero primo sechsten second seventeenth seventh siebten sixteenth sixth tenth third
    thirteenth thirtieth twelfth twentieth vierten vierzehnten zehnten zwanzigsten zweiten
    zwolften
    """
)

UNITS = word_list(
    """
    $ % a.m am anni anos ans bullet c celsius cents cm cup cups dagen day days degree degrees
    dias dollar dollars eggs euro euros f fahrenheit feet foot ft g gb giorni grad gram grams
    guests heure heures hora horas hour hours hr hrs inch inches items jaar jahre jahren jours
    kg kids kilo kilograms kilometer kilometers kilometres kilos km l lb lbs lines liter liters
    litre litres m mb mbps meter meters metres mile miles min mins minute minuten minutes ml mm
    month months mph o'clock old ore ounce ounces p.m pages paragraphs pence people percent
    persons players pm points pounds prozent sec second seconds secs sekunden sentences stunde
    stunden tablespoons tage tagen tb teaspoons times uhr uren uur volts watt watts week weeks
    wochen words yard yards year years yr £ €
    """
)
"""A number before one of them says how many."""

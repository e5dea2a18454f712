"""Words beside numbers: months, ordinals and units, in several languages (folded)."""

from __future__ import annotations

from roomtone.respond.redact.word_list import words as word_list

MONTHS = word_list(
    """
    abril agosto aout apr april aprile aug august augusti augustus avril dec december decembre
    dezember dicembre diciembre enero feb febbraio febrero februar februari february fevrier gennaio
    giugno jan januar januari january janvier juillet juin jul juli julio july jun june juni junio
    luglio maart maerz maggio mai maj mar march mars marz marzo may mayo mei nov november novembre
    noviembre oct october octobre octubre oktober ottobre sep sept september septembre septiembre
    setiembre settembre
    """
)

ORDINALS = word_list(
    """
    achte achten achtzehnte dreissigste dreissigsten dreizehnte dreizehnten dritte dritten eerste
    eighteenth eighth eleventh elfte elften erste ersten fifteenth fifth first fourteenth fourth
    funfte funften funfzehnte funfzehnten neunte neunten neunzehnte nineteenth ninth premier primero
    primo sechste sechsten sechzehnte second seventeenth seventh siebte siebten siebzehnte sixteenth
    sixth tenth third thirteenth thirtieth twelfth twentieth vierte vierten vierzehnte vierzehnten
    zehnte zehnten zwanzigste zwanzigsten zweite zweiten zwolfte zwolften
    """
)

UNITS = word_list(
    """
    $ % a.m acres am anni anos ans bits bullet bytes c calories celsius cents cm cup cups dagen day
    days decibels decimals degree degrees dias dollar dollars eggs episodes euro euros f fahrenheit
    feet floors foot francs ft g gallon gallons gb gigabytes giorni grad gram grams guests hectares
    hertz heure heures hora horas horsepower hour hours hr hrs inch inches items jaar jahre jahren
    joules jours kcal kelvin kg kids kilo kilograms kilometer kilometers kilometres kilos kilowatt
    kilowatts km knots krona kronor l lakh lb lbs lines liter liters litre litres m mb mbps
    megabytes meter meters metres mile miles milligrams milliliters million min mins minute minuten
    minutes ml mm month months mph newtons o'clock ohms old ore ounce ounces p.m pages paragraphs
    pence people percent persons pesos pint pints pixels players pm points pounds prozent quart
    quarts rupees sec second seconds secs sekunden sentences stone stunde stunden tablespoon
    tablespoons tage tagen tb tbsp teaspoon teaspoons times tonnes tons tsp uhr uren uur volts watt
    watts week weeks wochen words yard yards year years yen yr £ €
    """
)
"""A number before one of them says how many."""

"""Words of everyday language: what is among them is nobody's name, street or password."""

from __future__ import annotations

from functools import lru_cache

from roomtone.respond.redact.word_list import words as word_list

NATO = {
    word: word[0]
    for word in [
        "alfa",
        "alpha",
        "bravo",
        "charlie",
        "delta",
        "echo",
        "foxtrot",
        "golf",
        "hotel",
        "india",
        "juliett",
        "kilo",
        "lima",
        "mike",
        "november",
        "oscar",
        "papa",
        "quebec",
        "romeo",
        "sierra",
        "tango",
        "uniform",
        "victor",
        "whiskey",
        "xray",
        "yankee",
        "zulu",
    ]
}
"""Words that spell a letter."""

KNOWN_LETTERS = word_list(
    """
    abba abcd abcde acdc ad alt amd asap bbc bc bce bmw bpm bst ce cet chf covid cpu ctrl db din diy
    dna dvd ecg emf espn est eu eur faq fbi fc fifa fps gbp gdp gmt gpt gpu gtx hdmi hp html http
    https imax inc iso jpeg jpy lgbt ltd mba mhz mlb mpeg nasa nato nba ncis nfl nhl opec oz pc pdf
    ph ppm psi pst rpm rtx sat sdk seo ss ssd std tnt tv uefa ufc uk unesco unicef usa usb usd utc
    vat vs wifi ww xl ymca
    """
)
"""Abbreviations that are spelled letter by letter and tell nothing."""

COMMON = word_list(
    """
    aber able about abroad accept accident according account across act action activate active
    activity actor actress actual ad add address adult advance advice af affect afford afraid
    african after afternoon again against age ago agree ahead aid air airplane airplanes airport
    alarm alarms album alexa alive all allow almost alone along aloud alphabet already als also
    although always am amazon american among amount an ancient and android anger angry animal
    anniversary announce another answer antarctica any anybody anyone anything anyway apart
    apartment apologise apologize apology app appear apple apples apply appointment appointments
    april ar arabic are aren't arithmetic arm around arrange arrival arrive arrives arriving article
    artificial artist as asian ask asked asking asleep assistant assume astronaut at atom att attach
    attack attempt attend attention attic auch audiobook auf august aunt aus author authority auto
    autumn av available avec average avoid awake award aware away awesome awful awning baby
    babysitter back backup bad bag bags bake balance balcony ball banana bananas band bank bark base
    baseball basement basic basket basketball bath bathroom batteries battery be beach beans
    beautiful beauty because become bed bedroom bedtime beef beer before began begin beginning
    behave behind bei beim belief believe belong below belt ben bend benefit bent berries beside
    besides best better between beyond bicycle bien big biggest bij bike bill bills bin biology bird
    birds birth birthday bist bit bite bitte bitter black blame blanket blinds blood blow blue blues
    board boat body boil boiled boiling bones bonjour book booking books boots bored born boss both
    bother bottle bottles bottom bought box boy boyfriend brain branch brand brave bread break
    breakfast breath breathe bridge brief bright brighten brighter bring british broadcast broccoli
    broke broken brother brown brush buddhist budget bug building built bulb bulbs burn burned bury
    bus business busy butter butterfly button buy buying by bye cable cake calculate calendar call
    called calm calories came camera camp campaign can can't cancel cancelled cancer candles cap
    capital car care career careful carrots carry carton case cash cast castle cat catch catholic
    cats caught causes ce ceiling celebrate cell cellar celsius center centimeters centre century
    cereal certain certainly ces cette chain chair champion chance change changed channel chapel
    chapter character charge charger che cheap check cheese chemical chemistry chez chi chicken
    chickens child children chili chinese chocolate choice choose chose christian christmas church
    ciao circle citizen city claim class classical classroom clean cleaner cleaning clear clever
    client climate climb clinic clock close closed closest clothes cloud cloudy club coach coast
    coat code coffee coin cold colder coldest colleague collect collected college color colors
    colour combien combine come comes comfortable coming comment common communicate community como
    company compare competition complain complaint complete complicated compose composed composer
    computer con concern concert condition conditioner conditioning condolences confirm confused
    congratulations connect connected consider contact contain content continents continue contract
    control conversation convert cook cooked cookie cookies cool cooler cooling corn corner correct
    cosa cost costs could couldn't count countdown countries country couple courage course court
    cousin cousins cover crazy cream create created credit crime crisis critical crowd cry css
    cuando cucumbers culture cup cups cure currency current curry curtains customer cut cycle dad
    daily damage damit dance danger dangerous danish danke dans dark darker das dass dat data date
    daughter day days de dead deal dear death debt december decide decision deep define degree
    degrees dein deine delay delete deliver delivered delivery dem demand den dentist department
    depend depends der des describe description desert design desk detail details detergent develop
    device diapers dice dich dick did didn't die diet difference different difficult digital dim din
    dining dinner dinosaur dir direct direction directions director dirty disappear disarm discover
    discovered disease dish dishwasher disk display distance distant disturb divided dna do doctor
    doctor's does doesn't dog dogs doing dollar dollars don't donde done dont door double doubt
    dough dove down downstairs dozen draft drag drama draw drawer drawing dream dress drew drink
    drive driver driving drop drove drug dry dryer du due duration durch during dutch dying each ear
    earlier early earn ears earth earthquakes easily east easter eastern easy eat eco economy ed
    edge edit education een effect effort egg eggs eiffel eight ein eine einem einen einer either el
    election electric electricity elephant elephants elle eller else email emails emergency employee
    employer emptied empty en encourage end ends energy engine engineer english enjoy enormous
    enough enter entire entrance envelope environment equals er era erase eres error es escape
    especially essay est et etc ete euch european euros eve evening event everest every everyone
    everything evidence evolution exactly exam example excel excellent except exchange excited
    exciting excuse exercise exist expect expensive experience expert explain explanation express
    extend extra extreme eye eyes face facebook fact fahrenheit fail failed fair fairly faith fall
    false familiar family famous fan far farm farmer fashion fast faster fastest father's favorite
    favourite fear feature february fed feed feeds feel feeling feet felt female festival fever few
    field fifteen fifty fight figure file fill film filter final finally finance find finding fine
    finger finish finished fire firm first fish fishing fit five fix flag flashlight flat flight
    flip floor flour flower flu flute fly focus foggy folder follow following food fool foot
    football for force forecast foreign forest forever forget forgive forgot forgotten form formal
    former forms forty forward fought found four fox fra fran francs frankenstein free freedom
    freeze freezing french fresh friday fridge fried friend friendly friends from front fruit fue
    full fun function fund funeral funny fur furniture further fuse future gain gallery gallon
    gallons game games garage garden garlic gas gate gather gave gegen general generally gentle
    geography german gestern get getting gift gifts girl girlfriend give given glad glass gli gloves
    go goal god goes going gold golden gone gonna good goodbye goods google got government gracias
    grade graduate grammar grams granddaughter grandfather grandma grandmother grandpa grandson
    grapes grass gravity grazie great greek green grocery ground group grow growing guacamole guess
    guest guide guilty guitar gut guy gym habe haben habit hadn't haiku hail hair half hall
    halloween hallway ham han hand handle hands hang happen happened happens happiness happy hard
    hardly harm has hasn't hat hate have haven't having he he's head heads health healthy hear heart
    hearts heat heater heating heavy heisse heisst held hello help helped helpful hence her here
    here's het heute hey hi hide high highest hij hill him hindi hindu hinter hire history hit hmm
    hobby hoe hola hold holding hole holiday home homework hon honest honey hope hoping horrible
    horses hospital host hot hotel hottest hour hours house how how's however html human humidifier
    humidity hungry hurry hurt husband hush i'd i'll i'm i've ice ich idea ideal ideas identify
    idioms if ihm ihnen ihr ik ikke il ill illness ils im image imagine immediately important
    impossible improve in inch inches include income increase indeed independent indian individual
    industry information injury ins insect inside inspection instagram install instead instruction
    insurance inte intelligence interest interested interesting internal internet interview into
    introduce introduction invent invented invention inventor investigate investment invitation
    invitations invite invoice io ip iphone irish iron is island isn't issue ist it it's italian
    item items its ja jacket jag jam january japanese javascript jazz je jeg jewish jij job join
    joined joke journey jouw joy judge juice jullie july jump june jupiter just kann kannst keep
    keeping keeps kept ketchup kettle key keys kids kill kilo kilogram kilograms kilometers kind
    king kiss kit kitchen knee knew know knowledge known konnte korean la lab lack ladder lady lake
    lamp landed landing landlord lane language large largest las lasagna last late later laugh
    laundry lautet law lawn lawyer layer lazy le lead leader leaf leap learn learned learning least
    leather leave leaves leaving led left legs lei lemons lend lens les less lesson let let's letter
    letters lettuce leur level library lie life lift light lightning lights like likely limerick
    limit line link linux lip lips list listen listening liter literature liters little live living
    lo load loaf loan local location lock locked locker london lonely long longer longest look
    looking lord loro los lose loss lost lot lots loud louder love low lower luck lucky lui lunch
    lying ma maar machine mad made magazine magic mail main mais major make makes making male man
    manage manager manual many map marathon march mark market marriage married marry mars mas mashed
    master match material math maths matter maximum may maybe mayor me meal mean meaning meant meat
    med media medical medicine meditation meeting meetings mehr mein meine meinem meinen meiner
    member memory men mention merci mes mess message met metal meters method mi mia mich microphone
    microwave middle might mijn mile miles military milk milliliters millimeters million min mind
    mine minimum minister minus minute minutes mio mir mirror mis miss missed missing mistake mit
    mix mobile mode model modern molto mom moment mon monday money month mood moon moonlight moons
    moral more morgen morning most mother mother's mount mountain mouse mouth move moved movie
    moving mow mr mrs ms much multiply murder muscle museum mushrooms music musician muslim muss
    must mustard mute muted muy my naar nach name named nap napkins narrow nation national natural
    nature near nearby nearest nearly necessary neck need needed needs neighbor neighborhood
    neighbour nein neither nephew neptune nervous netflix network never news next ni nice nicht
    niece niet night nile nine ninety no nobody noch noi noise non none noodle noon nope nor normal
    north northern norwegian nose nosotros not note notes nothing notice notre nous novel november
    now nowhere number nur nurse nursery obvious occasion occur ocean oceans och october octopus odd
    oder of off offer office officer official offline often og oh ohne oil ok okay old olive olympic
    olympics om omelet on once onder one ones onion onions online ons onto onze oops op open opening
    operation opinion opportunity opposite option or orange oranges order orders ordinal organise
    organize original ostriches other others otherwise ou ought oui ounce ounces our out outlet
    outside oven over owe owls own owner pa pacific package packing page paid pain paint painted
    painter pair palace pale pancakes pandas paper papers par para paragraph parcel pardon parent
    parents park parked part particular partner parts party pas pass passenger passport password
    passwords past pasta path patient pattern pause pay payment peace peanut pen pencil penguins
    penicillin people peppers per percent perche perfect performance perhaps period permission pero
    person personal pet phone photosynthesis phrase physics pi piano pick picks picture pie piece
    pilot pink pints pipe pizza place plan plane planes planet planets planned plants plastic plate
    platform play playback players playing playlist playroom pleasant please pleased pleasure plenty
    plug plumber plus pocket podcast poem poet poetry point poisonous police policy polish polite
    political politics pool poor pop popular population por porch portuguese position possible post
    pot potato potatoes potential pound pounds pour pourquoi power powerpoint practice practise pray
    prefer pregnant prejudice prepare present presentation presents president press pressure pretty
    prevent previous price prices pride priest primary prime prince princess principal print printer
    printing prison privacy private prize probably problem problems process produce product
    professional professor profit program programme progress project projector promise pronounce
    pronounced proof proper property protect protest proud prove provide public published pull
    punish pupil purple purpose purr push put pyramids python quality quand quando quantity quarter
    quarts que queen question questions qui quick quickly quien quiet quieter quietly quite quoi
    rabbits race radio radium rain rainbow rainbows raining raise random rather ratio raw reach
    reaction read reading ready real realise realize really reason reboot receive recent recently
    recipe recommend recommendation record recording recordings recycling red reduce refer refund
    refuse region regret relationship relative relatives relax relaxing religion rely remaining
    remains remember remind reminder reminders remote remove rename renew rent repeat reply report
    request require rescue research reservation reset respect respond response rest restart
    restaurant result results resume return review revolution rhyme rhymes rhythm rice rich rid
    riddle ride right ring rings rise risk river road roast robot rock role roll romantic roof room
    roomtone root rough round route router row royal rubbish ruf rufe rule rules run running rush
    russian sa sad safe safety sag sage sahara said sail salad sale salmon salt salty same sand sans
    sat saturday saturn save saw say saying says scared scary scene scenes schedule schon school
    schreib schreibe science scientist scissors score scottish screen sea search season seasons seat
    second seconds secret secretary security see seem seems seen sehr sei seit sell selling send
    senior sense sent sentence sentences senza separate september series serious seriously serve
    service ses set settings seven several sewing shades shake shall shampoo shape share shared
    sharp she she's sheets shift shine ship shirt shock shoe shoot shop shopping short shot should
    shoulder shouldn't shout show shuffle shush shut shutters si sich sick side sie sight sign
    signal silence silver similar simple simply sin since sind sing single sink sir siri sister
    sistine sit sitting situation six sixty size skill skin skip sky sleep sleeping slip slow slower
    slowly small smallest smart smell smile smoke smooth snack snooze snow snowboy snowing so soap
    sobre soccer social society soft softer software soil solar sold soldier solid soll solution
    solve som some somehow someone something sometimes somewhere son sonata song songs sono sont
    soon sore sorry sort soul sound sounds soup source sous south southern soy space spaghetti span
    spanish spare speak speaker speaking special speech speed spell spend spent spice spider spinach
    spirit split spoken sport spot spotify spotlights spread spring sprinkler sql square squared
    staff stage stain stairs stand standard stands star starry stars start starting starts state
    station status stay stays steak step stepped steps stick sticky still stomach stone stones stop
    stopped store stored stories storm story stove straight strange stranger strawberries street
    stress stretch strict strike strings strong student students studied study stuff stupid style su
    sua subject substance succeed success successful such suddenly suffer sugar suggest suggestion
    suit summary summer sums sun sunday sunlight sunny sunrise sunscreen sunset suo supper supply
    support suppose sur sure surface surgery surprise survive sus sweater swedish swim switch sword
    symbol synonym synonyms system ta table tablespoons tails take taken taking talent talk talking
    tall tallest tank tape target task taste taught tax taxi tea teach teacher team tear teaspoons
    technology teenager teeth tegen telephone television tell telling temp temperature ten tend term
    terms terrace terrible tes test text texts than thank thanks thanksgiving that that's the
    theatre their them theme then theory there there's therefore thermometer thermostat these they
    they're they've thick thin thing things think thinking third thirty this those though thought
    thousand threat three threw throat through throughout throw throwing thunder thursday thus
    ticket tickets tides tie tight til till time timer timers times tiny tip tired tires titanic
    title to today together toilet told tomato tomatoes tomorrow ton tone tonight too took tool
    toolbox tools tooth toothpaste top topic toss total touch tour tourist toward towards towels
    tower toy tra track trade traditional traffic train training transfer translate translation
    transport trap trash travel treat treatment tree tres trial trick trip trouble truck true truly
    trust truth try trying tu tua tuesday tune tuo turkish turn tv twelve twenty twice twitter two
    type typical ugly uh uit um umbrella un una uncle und under understand undo une unit university
    unless unlike unlock unmute uno unos uns unter until unusual up update updates upon upset
    upstairs uranus us use used username using usted usual usually uw vacation vacuum valley
    valuable value valve van var variety various vatican vegetable vehicle venus version very vet vi
    victim victory video viel view village vinegar violence violet violin virus visa visit visited
    visiting visitor voi voice volume vom von voor vor vote votre vous waar waarom waffles wait
    waiting wake walk walked wall wann wanneer want war waren warm warmer warum was wash washing
    wasn't waste wat watch watching water wave way ways we we'll we're we've weak weapon wear
    weather web wedding wednesday week weekday weekdays weekend weeks weigh weight weil welche
    welcher welches welcome well welsh wenn went wer werden were weren't west western wet what
    what's whatever whatsapp wheel wheels when when's whenever where where's whereas wherething
    wherever whether which whichever while whisper white who who's whoever whole whom whose why wide
    wie wife wifi wij wikipedia wild will win wind window windows windy wine wing winner winter wir
    wird wise wish with within without wo woman won't wonder wonderful wonderland wooden word work
    worked worker working workout works world worried worry worse worst worth would wouldn't wound
    wow wrap write writer written wrong wrote yard yards yawn yeah year yellow yen yep yes yesterday
    yet yo yoga yogurt you you'd you'll you're you've young younger your yourself youth youtube zero
    zij zijn zonder zone zoo zu zum zur zwischen
    """
)


@lru_cache(maxsize=4096)
def is_common(word: str) -> bool:
    """Whether a folded word, or what it is made from ("likes", "asked"), is everyday language."""
    stem = word.removesuffix("'s")
    return stem in COMMON or any(
        stem.endswith(ending)
        and len(stem) > len(ending) + 2
        and (ending != "ly" or len(stem) > 5)
        and stem[: -len(ending)] + more in COMMON
        for ending in ("s", "es", "ed", "d", "ing", "er", "ers", "ly", "ies", "est")
        for more in ("", "e", "y")
    )


def is_everyday(word: str) -> bool:
    """`is_common`, but not for what may be a last name: "Weber" is made from "web"."""
    stem = word.removesuffix("'s")
    return stem in COMMON or (is_common(word) and not stem.endswith("er"))

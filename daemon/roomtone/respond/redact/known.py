"""People and places of common knowledge, and first names that a household's friends may have."""

from __future__ import annotations

from roomtone.respond.redact.word_list import words as word_list

FIRST_NAMES = word_list(
    """
    aarav aaron abby abigail adam adele adrian agnes agnieszka ahmed aino aisha alan albert
    alberto alejandra alejandro alessandra alessandro alex alexander alexandra alfie alfred ali
    alice alicia alina alison alvaro amanda amelia amelie amina amir amit amparo ana ananya
    anders andre andrea andreas andrew angela angelika anika anil anita anja anjali anke ann
    anna annabel annalena anne anneke annelie annette annika anouk anthony antje anton antonella
    antonia antonio arjun arnav arthur arun astrid aurelie axel barbara bart bas beatrice
    beatrix becky begona belinda ben benedikt benjamin benoit beppe bernd bernhard bert beth
    bettina bianca birgit bjorn bob bobby boris bram brandon brenda brian bridget brigitte bruno
    bryan callum camila camille carina carl carla carlo carlos carmen carol carolin carolina
    caroline carsten catherine cathy cecilia celine chantal charles charlie charlotte chiara
    chloe chris christa christian christiane christina christine christoph christopher cindy
    claire clara claudia clemens colin connor conor cornelia craig cristina daan dagmar dan
    daniel daniela danielle danny daphne darren dave david debbie deborah declan deepak deepika
    denise dennis derek diana diane diego dieter dietmar dirk dmitri dominic dominik donald
    donna doris dorothea dorothy doug douglas duncan dylan ebba eddie edgar edith eduardo edward
    eileen ekaterina elaine eleanor elena elias elif elisa elisabeth eliza elizabeth ella ellen
    ellie elodie elsa emil emilia emilie emily emma emmanuel emre enrico enrique eric erica erik
    erika erin ernst esther ethan eugene eva evan evelyn fabian fabio fabrizio fatima felicity
    felipe felix femke fernanda fernando fiona florence florian frances francesca francesco
    francine francis francisco franz freddie frederic frederik freja freya friedrich fritz
    gabriel gabriela gabriele ganesh gareth gary gavin gemma geoff george georgia gerald gerard
    gerd gerhard gertrud gianluca gilles gillian gina giorgia giorgio giovanna giovanni gisela
    giulia giuseppe glenn gloria gordon graham greg gregor greta guido guillaume gunther gustav
    hamza hanna hannah hannelore hannes hans harald hardeep harold harriet harry haruto heidi
    heike heiko heinrich heinz helen helena helga helmut hendrik henri henrik henry herbert
    hermann hilde hiroshi holger holly horst howard hugo ian ibrahim ida ignacio ilse imogen
    inaki ines inga inge ingeborg ingrid ioana irena irene irina isaac isabel isabella isabelle
    isla ivan jack jackie jacob jacqueline jacques jaime jakob james jamie jan jana jane janet
    janice janine jasmin jasmine jason javier jean jeff jeffrey jennifer jenny jens jeremy
    jerome jesper jess jessica jill jim jimmy jing jo joachim joan joanna joanne joao jochen
    jodie joe joel joerg johan johann johanna johannes john johnny jon jonas jonathan jonna
    joost jorg jorge jose josef joseph josephine josh joshua joyce juan juanita judith judy
    jules julia julian juliane julie juliette julius jurgen justin jutta kai kamal karen karim
    karin karl karla karolina karsten katarina kate katharina katherine kathleen kathrin kathy
    katia katie katja katrin kavita kay keith kelly ken kenji kenneth kerry kerstin kevin kieran
    kim kiran kirsten kirstine kirsty klara klaus konrad kristen kristin kristina kunal kurt
    lakshmi lars laura lauren laurence laurent lea leah lena lennart leo leon leonard leonie
    leroy leslie lewis liam lieke liesbeth lina linda lindsay linus lisa liselotte liv liz
    lorenzo lorna lotje lotte louis louisa louise luca lucas lucia luciana lucie lucy ludwig
    luigi luis luisa lukas luke luna lydia lynn maarten madeleine madison magda magdalena maggie
    magnus maja malcolm malte manfred manuel manuela marc marcel marcela marco marcos marcus
    margaret margarete margherita margot maria mariam mariana marianne mariarosa marie marieke
    marina mario marion marius marjorie markus marlene marta martha martin martina mary mateo
    mathias mathieu mathilde matilda matt matteo matthew matthias maureen maurice max maximilian
    maya meera megan mehmet mei melanie melissa mette mia michael michaela michel michele
    michelle miguel mika mikael mike mila ming miriam mohamed mohammed moira molly monica monika
    monique montserrat moritz muhammad nadia nadine naomi natalia natalie natasha nathan neha
    neil niamh nicholas nicola nicolas nicole niels nigel nikhil nikita niklas nikolai nils nina
    noah noel nora norbert norman nuria odile oksana ole oleg olga oliver olivia ornella oscar
    oskar ottavia otto owen pablo paige pamela paola paolo pascal patricia patrick paul paula
    pauline pedro pekka per pete peter petra phil philip philipp philippe phoebe pia pierre
    pieter pilar piotr polly pooja pradeep priya rachel rafael rahul raj rajesh ralf ralph
    ramesh ramon ramona raphael rasmus ravi raymond rebecca regina reinhard renate rene ricardo
    richard rita rob robert roberta roberto rocio rodrigo roger rohan rohit roland rolf roman
    ron ronald ronja rory rosa rosalind rosie ross roxanne ruben rudi rudolf rupert ruth ruud
    ryan sabine sabrina sakura sally salma sam samantha samira samuel sandra sanjay sanne sara
    sarah saskia scott sean sebastian selina serena sergei sergio shane shannon sharon shaun
    sheila shirley sibylle sienna sigrid silke silvia simon simone siobhan sneha sofia sofie
    solange solveig sonia sonja sophia sophie soren stacey stefan stefanie stella stephan
    stephanie stephen steve steven stewart stuart sunita suresh susan susanna susanne suzanne
    sven svenja svetlana sylvia tamara tania tanja tara tatiana ted teresa terry tessa thea theo
    theodor theresa thierry thijs thomas thorsten tilda tim timo timothy tina tobias toby todd
    tom tomas tommaso tommy toni tony torben tracy trevor trudy udo ulla ulrich ulrike ursula
    uta ute uwe valentina valeria valerie vanessa vera verena veronica veronika vicky victoria
    vijay vikram viktor vincent viola virginia vivian vladimir volker walter waltraud wanda
    wayne wei wendy werner wilhelm willem william willy wolfgang wouter xavier yannick yasmin
    yuki yusuf yves yvonne zara zoe zofia
    """
)
"""Folded first names of several languages; none of them is also an everyday word."""

FAMOUS = word_list(
    """
    adams adele ali america amundsen apollo archimedes aristotle armstrong athena attila austen
    avicenna bach balzac batman bean beckham beethoven bell benz berners beyonce bezos biden
    bogart bohr bolt bonaparte bond bosch botticelli bowie brahms brando brown buddha buffett
    bush caesar camus carroll cerf cervantes chaplin charlemagne charles chekhov chopin christ
    christie christmas churchill cinderella claus cleopatra clinton cobain columbus confucius
    cook copernicus cruise curie daguerre daimler dali dante darwin debussy depp descartes diana
    dicaprio dickens diesel disney djokovic dostoevsky doubtfire doyle dracula dumas dylan
    earhart eastwood edison einstein elizabeth euclid euler faraday faust federer ferrari
    feynman fibonacci fleming ford frankenstein franklin freeman freud frodo gagarin galen
    galileo gandalf gandhi gates gauss genghis goethe gogh gorbachev gutenberg hamilton hamlet
    handel hanks hawking haydn hegel heisenberg hemingway hendrix henry hepburn hercules hillary
    hippocrates hitchcock hitler holmes homer hugo hume jackson jefferson jekyll jesus jobs
    jolie jordan joyce juliet jung kafka kahlo kant kennedy kepler khan king kirk klimt kong
    kubrick lebron lee lenin lennon leonardo lewis lincoln lindbergh locke lovelace luther
    macbeth macron madonna magellan mahler mandela mao maradona marconi marley marx maxwell
    mccartney melville mendel mercury merkel messi michelangelo michelin moby monet monroe moses
    mozart muhammad musk nadal napoleon nemo newton nietzsche nixon nobel nolan obama odin
    odysseus orwell othello ovid pacino pasteur pele phelps picasso pitt planck plato poe poirot
    polo porsche potter presley proust ptolemy pulitzer putin pythagoras raphael rapunzel ravel
    reagan rembrandt rihanna romeo ronaldo roosevelt rousseau rowling sam santa sartre
    schrodinger schubert schumacher shackleton shakespeare sheeran shelley sherlock siemens
    sinatra skywalker socrates spiderman spielberg spinoza spock springsteen stalin strange
    strauss stravinsky streep superman swift tarantino tchaikovsky tesla thatcher thor tolkien
    tolstoy trump turing tutankhamun twain tyson vader verdi vermeer verstappen victoria vinci
    virgil vivaldi voltaire wagner warhol washington watson who wilde williams woods woolf
    wright zeus zuckerberg
    """
)
"""Folded last names and single names of people and figures that the whole world asks about."""

WORLD = word_list(
    """
    aarhus accra acropolis africa aires alaska algeria alps amazon america amsterdam andes
    angeles ankara antonio antwerp arabia argentina asia athens atlanta atlantic austin
    australia austria baltic bangkok bangladesh barcelona bavaria beijing belfast belgium bergen
    berlin bern birmingham bogota bologna bordeaux boston brasilia brazil bristol brooklyn
    bruges brussels budapest cairo california cambridge canada canberra cape caracas cardiff
    casablanca catalonia chicago chile china cologne colosseum copenhagen cork croatia cuba
    dallas danube delhi denmark denver diego dresden dubai dublin earth edinburgh egypt eiffel
    england ethiopia europe everest finland florence florida france francisco frankfurt geneva
    georgia germany ghana glasgow gothenburg granada greece hague hamburg hanoi havana hawaii
    helsinki himalayas hollywood houston hungary ibiza iceland india indonesia iran iraq ireland
    israel istanbul italy jakarta janeiro japan jerusalem johannesburg jordan jose jupiter kenya
    kilimanjaro kingdom korea kyoto lagos lebanon leeds leipzig libya lima lisbon liverpool
    london louvre lyon madrid malaysia mallorca malmo manchester manhattan manila marrakesh mars
    marseille mecca mediterranean melbourne mexico miami milan mississippi montevideo montreal
    morocco moscow mumbai munich nairobi naples nepal neptune netherlands nevada nice nigeria
    nile norway orlando orleans osaka oslo ottawa oxford pacific pakistan paris paulo peru
    philadelphia philippines pisa pluto poland portland portugal prague provence qatar queens
    quito republic reykjavik rhine rio romania rome rotterdam russia sahara salzburg santiago
    sao saturn scotland seattle seine seoul seville shanghai sicily singapore spain states
    stockholm stonehenge stuttgart sudan sweden switzerland sydney syria tanzania texas thailand
    thames titanic tokyo toronto toulouse town tripoli tunis tunisia turin turkey tuscany uganda
    ukraine uranus utrecht valencia vatican vegas venice venus vienna vietnam wales warsaw
    washington york zealand zurich
    """
)
"""Folded parts of the names of countries, cities, rivers, mountains, planets and sights."""

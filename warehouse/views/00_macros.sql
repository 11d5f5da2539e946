-- How a figure is put into words: in alerts, in the tables of the command line, in anyone's query.

CREATE OR REPLACE MACRO order_words(low, high) AS CASE
    WHEN low = 1000 AND high = 9999 THEN 'thousands'
    WHEN low = 10000 AND high = 99999 THEN 'tens of thousands'
    WHEN low = 100000 AND high = 999999 THEN 'hundreds of thousands'
    WHEN low = 1000000 AND high = 9999999 THEN 'millions'
    WHEN low = 100 AND high = 999 THEN 'hundreds'
    WHEN low IN (20, 24) AND high = 99 THEN 'dozens'
    WHEN low = 40 AND high = 99 THEN 'scores'
    WHEN low = 3000 AND high = 9999 THEN 'several thousand'
    WHEN low = 200 AND high = 900 THEN 'a few hundred'
    ELSE format('{:,} to {:,}', low, high)
END;

-- A bound that a qualifier calls for and the figure lacks must not leave an alert without words.
CREATE OR REPLACE MACRO number_words(low, high, qualifier) AS coalesce(
    CASE
        WHEN qualifier = 'order' THEN order_words(low, high)
        WHEN qualifier = 'range' THEN format('{:,} to {:,}', low, high)
        WHEN qualifier = 'more_than' THEN 'more than ' || format('{:,}', low)
        WHEN qualifier = 'less_than' THEN 'up to ' || format('{:,}', high)
        WHEN qualifier = 'nearly' THEN 'nearly ' || format('{:,}', high)
        WHEN qualifier = 'about' THEN 'about ' || format('{:,}', low)
    END,
    format('{:,}', coalesce(low, high)),
    'an unknown number of'
);

CREATE OR REPLACE MACRO item_words(item, low, high) AS CASE
    WHEN low = 1 AND high = 1 AND item IN ('troops', 'reservists', 'conscripts', 'mercenaries', 'peacekeepers',
                                           'advisers', 'civilians', 'children', 'people')
        THEN CASE item WHEN 'children' THEN 'child' WHEN 'people' THEN 'person' WHEN 'troops' THEN 'soldier'
             WHEN 'mercenaries' THEN 'mercenary' ELSE rtrim(item, 's') END
    WHEN item IN ('troops', 'reservists', 'conscripts', 'mercenaries', 'peacekeepers', 'advisers', 'civilians',
                  'children', 'people', 'aircraft') THEN item
    WHEN item = 'air_defence' THEN if(low = 1 AND high = 1, 'air defence system', 'air defence systems')
    WHEN item = 'artillery' THEN if(low = 1 AND high = 1, 'artillery piece', 'artillery pieces')
    WHEN item = 'equipment' THEN if(low = 1 AND high = 1, 'piece of equipment', 'pieces of equipment')
    WHEN low = 1 AND high = 1 THEN replace(item, '_', ' ')
    ELSE replace(item, '_', ' ') || 's'
END;

CREATE OR REPLACE MACRO figure_words(low, high, qualifier, measure, item, subject, location, status) AS
    number_words(low, high, qualifier)
    || CASE WHEN qualifier = 'order' AND order_words(low, high) SIMILAR TO '(.* )?(thousands|millions|hundreds|dozens|scores)'
            THEN ' of ' ELSE ' ' END
    || item_words(item, low, high)
    || coalesce(' of ' || subject, '')
    || CASE WHEN len(location) > 0 THEN ' in ' || array_to_string(location, ', ') ELSE '' END
    || ' (' || measure || CASE WHEN status = 'actual' THEN '' ELSE ', ' || status END || ')';

CREATE OR REPLACE MACRO claimant_words(claimant, claimant_text, outlet) AS CASE
    WHEN claimant IS NOT NULL AND claimant <> 'unknown' THEN 'says ' || claimant
    -- A pronoun names nobody out of its sentence.
    WHEN lower(claimant_text) NOT IN ('he', 'she', 'they', 'it', 'i', 'we')
        THEN 'reports ' || outlet || ', citing ' || claimant_text
    ELSE 'reports ' || outlet
END;

-- Whether a side and place may be another's, one of the two left unsaid: the other must then agree in so many words.
CREATE OR REPLACE MACRO maybe_one(subject, other_subject, places, other_places) AS
    coalesce(subject = other_subject, false) AND (len(places) = 0 OR len(other_places) = 0 OR list_has_any(places, other_places))
    OR (subject IS NULL OR other_subject IS NULL) AND list_has_any(places, other_places);

-- Whether two sets of town names show that two events are meant; unknown ones (null, empty) show nothing.
CREATE OR REPLACE MACRO spots_apart(these, those) AS
    coalesce(len(these) > 0 AND len(those) > 0 AND NOT list_has_any(these, those), false);

-- Which step of 2.05 % a number stands on: numbers within 2 % of each other are on the same or on neighbouring ones.
CREATE OR REPLACE MACRO number_step(number) AS floor(ln(greatest(number, 1)) / ln(1.0205))::BIGINT;

-- Whether a number has three leading digits that say something: 143 and 11,500, not 300 or 12,000.
CREATE OR REPLACE MACRO three_digits(number) AS
    number >= 100 AND number % power(10, floor(log10(number)) - 1)::BIGINT <> 0;

-- Whether a sentence counts dead who are in a toll already: "three of the wounded have died", "toll rose … as four succumbed".
CREATE OR REPLACE MACRO says_part(sentence, same_sentence) AS regexp_matches(sentence,
    '(?i)\b(succumb\w*|(of|among) the (wounded|injured)|among (the|those) (dead|killed|victims)|died (of|from) (their|his|her) (wounds|injuries)|died in hospitals?)\b')
    OR same_sentence AND regexp_matches(sentence,
        '(?i)\b(tolls?|number of (the )?(dead|deaths|killed|people|civilians)|of (them|whom)|among them)\b');

-- Whether a sentence tells how a number went on: "has risen to 31", "now dead", "up from".
CREATE OR REPLACE MACRO says_change(sentence) AS regexp_matches(sentence,
    '(?i)\b(rises?|risen|rising|rose|climb\w*|grow[ns]?|grew|swell\w*|reach\w*|now|tolls?|doubl\w*|rais\w*|correct\w*|revis\w*|lowered|fell|fallen|dropp\w*|(up|down) from|bring\w* the)\b');

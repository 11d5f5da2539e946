"""Whether deaths and wounds in a text are war's, and not an accident's, a disease's or a storm's."""

from __future__ import annotations

import re2

from extractors.context import Context
from extractors.measures import HARMS
from extractors.records import Measure

WAR = re2.compile(
    r"(?i)\b(?:war|wars|warfare|attack\w*|assault\w*|bomb\w*|blast\w*|explosi\w+|air ?strikes?|strikes?|"
    r"shell(?:ing|ed|s|fire)?|artillery|mortars?|warplanes?|snipers?|grenades?|landmines?|missiles?|"
    r"rockets?|militants?|insurgen\w+|rebels?|terror\w*|troops?|soldiers?|army|military|gunm[ae]n|"
    r"fighters?|fighting|battle\w*|clash\w*|combat|offensive|invasion|invad\w+|raids?|ambush\w*|massacre\w*|genocide|"
    r"hostages?|siege|coup|crackdown|conflict|violence|gas attack|chemical weapons?|drones?|jihadi?s?t?s?|taliban|"
    r"houthis?|wagner|separatists?|general staff|tanks|howitzers?|sappers?|"
    r"mine (?:went off|exploded|blast|explosion)|"
    r"isis|isil|islamic state|al.qaeda|hamas|hezbollah|boko haram|al-shabab|unrest|uprising|revolt|killings?|gunfire|"
    r"opened fire|shoot(?:ing|er|out)s?|cease-?fire|truce|peshmerga|ethnic cleansing|prisoners?|captiv\w+|civilians?|"
    r"wounded|casualt\w+|protesters?|demonstrat\w+|execut\w+|behead\w*|front ?lines?|refugees?|security forces|"
    r"policemen|regime)\b"
)
ACCIDENT = re2.compile(
    r"(?i)\b(?:disaster|ammonium nitrate|(?:beirut|port)(?:['’]s)? (?:explosion|blast)|"
    r"earthquake|quake|tsunami|hurricane|typhoon|cyclone|tornado|floods?|flooding|landslides?|"
    r"mudslides?|avalanche|wildfires?|coronavirus|covid\S*|virus|ebola|pandemic|epidemic|outbreak|cholera|malaria|"
    r"disease|infections?|infected|vaccin\w+|overdos\w+|opioid|flu|influenza|plane crash|crashed|crash|train|"
    r"derail\w*|car accident|accidents?|capsiz\w+|drown\w*|shipwreck|sank|smuggl\w+|famine|starvation|heat ?wave|"
    r"boeing|max 8|collaps\w+|stampede|school shooting|mass shooting|nightclub fire|murder rate|homicides?|gang|"
    r"cartel\w*|traffick\w+|abortion\w*|cancer|smoking|obesity|traffic|overboard|execution-style|death penalty|"
    r"death row)\b"
)
NOT_ACCIDENT = re2.compile(
    r"(?i)\b(?:suicide (?:bomb\w*|attack\w*|vest\w*)|shot down|downed|missiles?|bombing|torpedo\w*|"
    r"terror\w*|train stations?)\b"
)
ARMED = re2.compile(
    r"(?i)\b(?:troops?|soldiers?|military|army|navy|naval|marines?|armou?red|tanks?|warships?|fighter jets?|"
    r"warplanes?|bombers?|artillery|missiles?|militants?|rebels?|insurgents?|armed|forces|air force|fighters|combat|"
    r"peacekeep\w+|convoy|destroyers?|frigates?|submarines?|airspace|air defen[cs]e|defen[cs]e (?:ministry|minister|"
    r"department|secretary)|(?:ministry|minister|department|secretary) (?:of|for) (?:national )?defen[cs]e|"
    r"coast ?guards?|border (?:security )?(?:forces?|guards?)|general staff|chiefs of staff|mobili[sz]\w+|"
    r"conscript\w*|reservists?|"
    r"security forces|riot police|gunm[ae]n|guerrillas?|terrorists?|jihadis?t?s?|separatists|"
    r"mercenar\w+|helicopter gunships?|fleet|squadron|battalion|brigade|pentagon|nato|killed|wounded)\b"
)
RESCUE = re2.compile(
    r"(?i)\b(?:rescue (?:effort|operation|mission|work)s?|search[- ]and[- ]rescue|(?:join|joined|in) the search|"
    r"search(?:ing)? for (?:survivors|the missing))\b"
)


class Conflict:
    """How war-like each sentence of a document is, and the document as a whole."""

    def __init__(self, context: Context) -> None:
        """Weigh the sentences of a document, its title among them."""
        title = context.document.title or ""
        self.texts = texts = [s.text for s in context.sentences]
        self.war = [len(WAR.findall(t)) for t in texts]
        self.accident = [bool(ACCIDENT.search(t)) and not NOT_ACCIDENT.search(t) for t in texts]
        self.title_war = bool(WAR.search(title))
        self.title_accident = bool(ACCIDENT.search(title)) and not NOT_ACCIDENT.search(title)
        self.total = sum(1 for n in self.war if n)
        self.accidents = sum(self.accident)

    def armed(self, index: int) -> bool:
        """Return whether a sentence speaks of armed forces."""
        return bool(ARMED.search(self.texts[index]))

    def rescues(self, index: int) -> bool:
        """Return whether a sentence tells of a search or rescue, without a word of war."""
        return bool(RESCUE.search(self.texts[index])) and not self.war[index]

    def near(self, index: int, measure: Measure) -> bool:
        """Return whether what harmed people at a sentence is war: by its words, those around it, the whole text."""
        if measure in HARMS and self.accident[index]:
            return self.war[index] > 1 and not self.title_accident
        if measure == "mobilisation" and self.armed(index):
            return True
        if self.war[index]:
            return not (measure in HARMS and self.title_accident and self.war[index] < 2)
        around = range(max(0, index - 2), min(len(self.war), index + 3))
        if measure in HARMS and (any(self.accident[i] for i in around) or self.title_accident):
            return False
        if any(self.war[i] for i in around) or (measure == "displaced" and not self.accidents):
            return True  # news counts those whom nothing but war drives out only beside what did it
        return self.title_war or (self.total > self.accidents and self.total > 0)

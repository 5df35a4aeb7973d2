"""Offices and ranks, as they stand beside names in several languages."""

from __future__ import annotations

import regex

from articles.engines.newswire.patterns import word_set

# The word that an office ends with, and the words that may stand before it within the office.
OFFICES = word_set(
    """President Vice-President Minister Governor Mayor Chancellor Senator Ambassador King Queen Prince
    Princess Pope Chairman Chairwoman Chair Director Secretary Secretary-General General Colonel Captain
    Lieutenant Sergeant Major Admiral Judge Justice Professor Dr. Dr Prof. Prof Mr. Mr Mrs. Mrs Ms. Ms
    Sir Dame Lord Lady Speaker Commissioner Rector Coach Bishop Archbishop Cardinal Rabbi Imam Executive
    CEO Spokesman Spokeswoman Gen. Sen. Rep. Gov. Capt. Lt. Col. Sgt. Premier Congressman Congresswoman
    Sheriff Inspector Superintendent Президент Президента Президенту Премьер-министр Премьер-министра
    Министр Министра Глава Мэр Мэра Аким Губернатор Президенті Әкім Әкімі Министр Министрі Cumhurbaşkanı
    Премьер-Министрі Премьер-министрі Вице-премьер Депутат Сенатор Посол Спикер
    Başbakan Bakan Bakanı Vali Valisi Başkan Başkanı Mimar Profesör Doktor Herr Frau Mme Madame
    Monsieur Señor Señora Sr. Sra."""
)
# German makes one word of an office and what it is for: Bundesfinanzministerin, Vorstandschef.
GERMAN_OFFICE = regex.compile(
    r"\p{Lu}\p{Ll}*(?:minister|präsident|kanzler|sprecher|bürgermeister|sekretär|direktor|botschafter)(?:innen|in|en|s)?+"
    r"|\p{Lu}\p{Ll}*vorsitzende[rnms]?+"
    r"|\p{Lu}\p{Ll}+(?:chef|senator)(?:in|s)?+"
    r"|(?:Minister|Präsident|Kanzler|Bürgermeister|Sprecher|Direktor|Botschafter|König|Gouverneur|Senator)(?:in|en|s)?+"
    r"|Vorsitzende[rnms]?+|Abgeordnete[rnms]?+"
)
FRENCH_OFFICES = """
    président présidente vice-président vice-présidente premier_ministre première_ministre
    Premier_ministre Première_ministre ministre secrétaire_général secrétaire_générale secrétaire
    chancelier chancelière maire préfet préfète gouverneur gouverneure sénateur sénatrice député députée
    ambassadeur ambassadrice directeur directrice directeur_général directrice_générale porte-parole
    procureur procureure juge roi reine prince princesse pape général colonel professeur professeure
    avocat avocate entraîneur commissaire"""
SPANISH_OFFICES = """
    presidente presidenta vicepresidente vicepresidenta primer_ministro primera_ministra ministro ministra
    secretario secretaria secretario_general secretaria_general canciller alcalde alcaldesa gobernador
    gobernadora senador senadora diputado diputada embajador embajadora director directora
    director_general directora_general portavoz fiscal juez jueza rey reina príncipe princesa papa general
    coronel consejero_delegado consejera_delegada entrenador entrenadora"""
BEFORE_OFFICE = OFFICES | word_set(
    """Deputy Vice Acting Prime First Chief Foreign Finance Interior Defence Defense Health Education
    Transport Energy Justice Trade Culture Sports Labour Labor Environment Economy Agriculture Digital
    Competition Emergency Home Attorney Managing Executive Major Brigadier Lieutenant Rear Vice
    Assistant Associate Belediye Dışişleri Maliye İçişleri Sağlık"""
)
LOWER_OFFICES = """
president vice-president prime_minister deputy_prime_minister minister foreign_minister finance_minister
governor mayor chancellor chairman chairwoman chair chief_executive director managing_director
head_coach coach captain spokesman spokeswoman spokesperson secretary-general ambassador professor judge
rector editor-in-chief editor founder economist analyst lawyer architect curator conductor
harbour_master owner manager composer historian engineer author head_teacher директор режиссёр режиссер
министр глава мэр губернатор президент председатель ректор тренер капитан профессор архитектор директора
министра главы мэра губернатора президента председателя начальник руководитель директоры әкімі министрі
президенті төрағасы ректоры басшысы жетекшісі başkanı bakanı müdürü mimar sözcüsü rektörü profesör
генеральный_директор исполнительный_директор генерального_директора генеральным_директором гендиректор
пресс-секретарь заместитель_министра замминистра
"""
# After a name and a comma: "Mara Holm, director of ...", "Anna Weiß, Sprecherin der ...".
OFFICES_AFTER = LOWER_OFFICES + FRENCH_OFFICES + SPANISH_OFFICES
CAPITAL_OFFICES = """
 Директор Министр Глава Мэр Губернатор Президент Председатель Режиссёр Ректор Начальник Руководитель
 Депутат Сенатор Посол Спикер Премьер-министр Премьер-Министрі Генеральный_директор Гендиректор
"""
# Offices of Russian that are declined alike: министром, депутата.
_LIKE_MINISTER = word_set(
    """министр премьер-министр вице-премьер президент губернатор депутат сенатор спикер директор ректор
    режиссёр режиссер тренер капитан"""
)
DECLINED_OFFICES = " ".join(
    office + ending for office in sorted(_LIKE_MINISTER) for ending in ("", "а", "у", "ом", "е")
)
OFFICES_OF = """
President Prime_Minister Foreign_Minister Minister Governor Mayor King Queen Chairman Chairwoman
Director Secretary Secretary-General Speaker Ambassador Chancellor Rector Bishop Archbishop Head
"""

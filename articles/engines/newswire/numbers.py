"""Dates, times, sums, percentages, ranks, quantities and plain numbers, in nine languages."""

from __future__ import annotations

from articles.domain.newswire.header import MONTHS
from articles.engines.newswire.patterns import LIKELY, PERHAPS, SURE, Pattern, alternatives, pattern

_NUMBER = r"\d{1,3}(?:[,.\u00a0\u202f\ ]\d{3})*+(?:[.,]\d+)?+|\d++(?:[.,]\d+)?+"
_WORDS = """one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
    sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred
    thousand million billion dozen"""
_WORD_NUMBER = rf"(?i:{alternatives(_WORDS)})(?:[\ -](?:and[ ])?(?i:{alternatives(_WORDS)})){{0,7}}+"
_SCALE = alternatives(
    "hundred thousand million billion trillion bn mln тысяч тысячи миллионов миллиона миллиард миллиардов миллиарда "
    "млн млрд тыс. мың миллион миллиард Million Millionen Milliarde Milliarden Mio. Mrd. millions milliard milliards millón millones "
    "bin milyon milyar مليون مليار ألف 万 亿"
)
_MONTH = r"(?i:" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")(?:\.(?=[ ]\d))?"
_WEEKDAY = alternatives(
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday понедельник вторник среду четверг пятницу субботу "
    "воскресенье дүйсенбі сейсенбі сәрсенбі бейсенбі жұма сенбі жексенбі Pazartesi Salı Çarşamba Perşembe Cuma "
    "Cumartesi Pazar الاثنين الثلاثاء الأربعاء الخميس الجمعة السبت الأحد"
)
# These need a number before them: alone some are other words.
_WESTERN_MONTH = alternatives(
    "Januar Februar März April Mai Juni Juli August September Oktober November Dezember janvier février mars avril mai "
    "juin juillet août septembre octobre novembre décembre enero febrero marzo abril mayo junio julio agosto septiembre "
    "octubre noviembre diciembre"
)
_WESTERN_WEEKDAY = alternatives(
    "Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag lundi mardi mercredi jeudi vendredi samedi dimanche "
    "lunes martes miércoles jueves viernes sábado domingo"
)
_RUSSIAN_MONTH = alternatives(
    "январе феврале марте апреле мае июне июле августе сентябре октябре ноябре декабре"
)
_ARABIC_MONTH = alternatives("يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر")
_YEAR = r"(?:1[5-9]|20)\d\d"
_CURRENCIES = (
    "dollar dollars euro euros pound pounds yen yuan ruble rubles rouble roubles tenge lira liras krone kroner manat "
    "som dirham dirhams franc francs naira rupee rupees rand peso pesos real reais won baht zloty shekel shekels "
    "shilling shillings Dollar Franken dólares pesetas рубль рубля рублей доллар доллара долларов евро тенге теңге доллары lira dolar avro "
    "دولار دولارا يورو درهم ريال 元 美元 欧元 人民币"
)
_CURRENCY_WORD = alternatives(_CURRENCIES)
_CODE = alternatives("USD EUR GBP JPY CNY RUB KZT TRY NOK SEK CHF AZN UZS AED")
_UNIT = alternatives(
    "kilometres kilometers kilometre kilometer km metres meters metre meter m centimetres cm millimetres mm miles mile "
    "tonnes tonne tons ton kilograms kg grams litres liters litre hectares hectare acres megawatts MW gigawatts GW "
    "Kilometer Meter Tonnen Hektar Liter kilomètres mètres tonnes hectares litres kilómetros toneladas hectáreas litros "
    "kilowatts degrees °C cubic_kilometres square_kilometres cubic_metres square_metres cubic_kilometers square_kilometers km/h barrels сантиметров сантиметра см миллиметров мм километров километра километр км метр центнеров литров метра тонн тонны гектаров "
    "шақырым шаршы_метр метр тонна гектар kilometre ton hektar metre كيلومترا كيلومتر طن 公里 公顷 吨"
)
# Months that are nothing else; March and May are, so they need a word before them that belongs to a date.
_PLAIN_MONTH = alternatives("January February April June July August September October November December")
_LONG = "years?|months?|weeks?|days?|decades?|centuries|года?|лет|месяц(?:а|ев)|недел[ьи]|дня|дней|жыл|күн|yıl|gün|hafta"
_SHORT = (
    "(?:hours?|minutes?|seconds?|часа|часов|минуты?|секунды?|сағат|saat|dakika|Stunden?|Minuten?|Sekunden?|heures?"
    "|horas?|minutos?|segundos?)"
)
_SHORT_STEMS = (
    "hour minute second час минут секунд сағат saat dakika Stunde Minute Sekunde heure hora segundo"
)
_LONG_STEMS = "year month week day decade centur год лет месяц недел дня дней жыл күн yıl gün hafta"
_RUSSIAN_NUMBER = alternatives(
    "два две три четыре пять шесть семь восемь девять десять одиннадцать двенадцать пятнадцать двадцать тридцать сорок "
    "пятьдесят сто двести тысяча двух трёх трех"
)
# Without those that are other words, too: neuf, once, elf, acht.
_WESTERN_NUMBER = alternatives(
    "zwei drei vier fünf sechs sieben neun zehn zwölf zwanzig deux trois quatre cinq sept huit dix onze douze vingt "
    "dos tres cuatro cinco seis siete ocho nueve diez doce veinte"
)
_AMOUNT = rf"(?:{_NUMBER})|(?:{_WORD_NUMBER})|{_WESTERN_NUMBER}"

NUMBER_PATTERNS: tuple[Pattern, ...] = (
    # --- percent and money first: they hold numbers
    pattern(
        rf"(?<![^\W\p{{Han}}]|[.,])(?P<PERCENT>(?:{_NUMBER})[\ \u00a0]?(?:%|percent\b|per[ ]cent\b|percentage[ ]points?\b"
        rf"|Prozent\b|pour[ ]cent\b|por[ ]ciento\b|процент\w*+|пайыз\w*+|بالمئة|بالمائة|في[ ]المئة))",
        SURE,
    ),
    pattern(
        rf"(?<!\w)(?P<PERCENT>(?:{_WORD_NUMBER})[ ](?:percent|per[ ]cent))\b", SURE, needs="percent per_cent"
    ),
    pattern(
        rf"(?<![^\W\p{{Han}}])(?P<PERCENT>(?:yüzde|百分之)[ ]?(?:(?:{_NUMBER})|[一二三四五六七八九十百]++))",
        SURE,
        ignore_case=True,
        needs="yüzde Yüzde 百分之",
    ),
    pattern(
        rf"(?<![\w$€£¥])(?P<MONEY>(?:US|A|C)?[$€£¥₸₽₺][ ]?(?:{_NUMBER})(?:[\ \u00a0-]{_SCALE}\b|(?:bn|m|k)\b)?)",
        SURE,
    ),
    pattern(
        rf"(?<![^\W\p{{Han}}]|[.,])(?P<MONEY>(?:{_NUMBER})(?:[\ \u00a0]?{_SCALE})?[\ \u00a0-]?(?:d['’]|de[ ])?"
        rf"(?:[$€£¥₸₽₺]|{_CODE}\b|(?:U\.?S\.?[ ]|Norwegian[ ]|Turkish[ ]|Canadian[ ])?(?i:{_CURRENCY_WORD})(?!\w)))",
        SURE,
    ),
    pattern(
        rf"(?<!\w)(?P<MONEY>(?:{_WORD_NUMBER})[ ](?:{_SCALE}[ ])?(?i:{_CURRENCY_WORD}))(?!\w)",
        LIKELY,
        needs=_CURRENCIES,
    ),
    # --- dates
    pattern(
        rf"(?<!\w)(?=\d|\p{{L}}++[.,]*+[ ](?:\d|\p{{L}}++\.?[ ]\d))(?P<DATE>(?:{_WEEKDAY},?[ ]|{_YEAR}[ ]жыл(?:ғы|дың)[ ])?(?:{_MONTH}[ ]\d{{1,2}}(?:st|nd|rd|th|[–-]\d{{1,2}})?(?:,?[ ]{_YEAR})?"
        rf"|\d{{1,2}}(?:st|nd|rd|th)?[ ]{_MONTH}(?:[дт][ае]|[дтн][ае]н|[ғқкг][ае]|[ндт][ыі]ң)?(?:,?[ ]{_YEAR}(?:[ ](?:года|г\.|жылы|жылғы|yılı))?)?))(?!\w)",
        SURE,
    ),
    pattern(
        rf"(?<![\w.,])(?P<DATE>(?:1er|\d{{1,2}}\.?)[ ](?:de[ ])?{_WESTERN_MONTH}(?:[ ](?:de[ ])?{_YEAR})?)(?!\w)",
        SURE,
    ),
    pattern(rf"(?<!\w)(?P<DATE>{_WESTERN_WEEKDAY})(?!\w)", LIKELY),
    # --- a month or a year alone, after a small word: im Oktober, en juillet, в апреле, seit 2015
    pattern(
        rf"(?<!\w)(?:[Ii]m|[Ee]n|seit|desde|depuis|hasta|fin)[ ](?P<DATE>{_WESTERN_MONTH})(?!\w)", LIKELY
    ),
    pattern(
        rf"(?<!\w)(?:seit|[Ss]eit|[Dd]epuis|[Dd]esde|[Ee]n|hasta|bis|jusqu'en)[ ](?P<DATE>{_YEAR})(?![\w%]|[,.]\d|[ ]{_UNIT})",
        LIKELY,
        needs="eit epuis esde n hasta bis",
    ),
    pattern(rf"(?<!\w)[Вв][ ](?P<DATE>{_RUSSIAN_MONTH})(?!\w)", LIKELY),
    pattern(
        rf"(?<!\w)(?P<DATE>(?i:{_AMOUNT})[ ](?:ans|años|Jahren?|mois|meses|Monaten?))(?!\w)",
        LIKELY,
        needs="_ans _años _Jahr _mois _meses _Monat",
    ),
    pattern(rf"(?<!\w)(?=\p{{Lu}}\w++[ ]\d)(?P<DATE>{_MONTH}[ ]{_YEAR})(?!\w)", SURE),
    pattern(rf"(?<![\w./-])(?P<DATE>{_YEAR}-\d\d-\d\d|\d{{1,2}}[./]\d{{1,2}}[./]{_YEAR})(?![\w/-])", SURE),
    pattern(rf"(?<!\d)(?P<DATE>{_YEAR}年(?:\d{{1,2}}月(?:\d{{1,2}}日)?)?|\d{{1,2}}月\d{{1,2}}日)", SURE),
    pattern(rf"(?<!\w)(?P<DATE>\d{{1,2}}[ ]{_ARABIC_MONTH}(?:[ ]{_YEAR})?)", SURE),
    pattern(
        rf"(?<!\w)(?P<DATE>{_YEAR}[ -](?:году|годом|года|год|г\.|жылы|жылғы|жылдың|жылдан|жылға|жылда|жыл|yılında|yılından|yılı))(?!\w)",
        SURE,
    ),
    pattern(rf"(?:عام|سنة)[ ](?P<DATE>{_YEAR})", SURE, needs="عام سنة"),
    pattern(
        rf"(?<!\w)(?P<TIME>{_WEEKDAY}[ ](?:morning|afternoon|evening|night))(?!\w)|(?<!\w)(?P<DATE>{_WEEKDAY})(?!\w)",
        LIKELY,
    ),
    pattern(r"(?P<DATE>(?:星期|周|礼拜)[一二三四五六日天])", LIKELY, needs="星期 周 礼拜"),
    pattern(rf"(?<!\w)(?P<DATE>{_PLAIN_MONTH})(?!\w|[ ]\p{{Lu}})", LIKELY),
    pattern(
        r"(?<=\b(?:[Ii]n|[Ss]ince|[Uu]ntil|[Bb]y|last|next|this|early|late|of)[ ])(?P<DATE>March|May)(?!\w|[ ]\p{Lu})",
        LIKELY,
    ),
    pattern(
        rf"(?<![\w.,$€£¥])(?P<DATE>(?:(?:{_NUMBER})|(?:{_WORD_NUMBER})|(?:{_RUSSIAN_NUMBER}))[ -](?:{_LONG})(?:-old)?)(?!\w)",
        LIKELY,
        needs=_LONG_STEMS,
    ),
    pattern(
        r"(?<!\w)(?P<DATE>(?:last|next|this|past|previous|coming)[ ](?:year|month|week|decade|century|quarter|spring|"
        r"summer|autumn|fall|winter|weekend|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)|yesterday|today|tomorrow"
        r"|the[ ](?:1[5-9]|20)\d0s|(?:early|mid|late)-?[ ]?(?:1[5-9]|20)\d\d0?s?)(?!\w)",
        LIKELY,
        ignore_case=True,
    ),
    pattern(
        rf"(?<!\w)(?=\p{{L}}++[ ]\d)(?:in|since|until|by|from|to|of|between|and|during|before|after|early|late)[ ]"
        rf"(?P<DATE>{_YEAR})(?![\w%]|[,.]\d|[ ]{_UNIT})",
        LIKELY,
        ignore_case=True,
    ),
    pattern(rf"(?<=\b[Tt]he[ ])(?P<DATE>{_YEAR})(?=[ ]\p{{Ll}})", LIKELY),
    pattern(
        r"(?<!\w)(?P<DATE>(?:прошл|эт|следующ|нынешн)(?:ом|ем|ого|его)[ ](?:году|года|месяце|месяца)|(?:прошлой|этой|следующей)[ ]"
        r"(?:неделе|недели|весной|осенью|зимой)|вчера|сегодня|завтра|биыл|былтыр|бүгін|кеше|ертең|өткен[ ]жылы|dün|bugün|yarın"
        r"|geçen[ ](?:yıl|hafta|ay)|bu[ ](?:yıl|hafta|ay))(?!\w)",
        LIKELY,
    ),
    # --- times
    pattern(
        r"(?<![\w:])(?P<TIME>(?:[01]?\d|2[0-3])(?::[0-5]\d(?:[ ]?[ap]\.?m\.?)?|[ ]?[ap]\.?m\.?)(?:[ ]GMT|[ ]UTC)?)(?![\w:])",
        SURE,
        ignore_case=True,
    ),
    pattern(
        rf"(?<!\w)(?P<TIME>(?:{_AMOUNT})[ -]{_SHORT}(?:,?(?:[ ]and)?[ ](?:{_AMOUNT})[ ]{_SHORT}){{0,3}}+)(?!\w)",
        LIKELY,
        needs=_SHORT_STEMS,
    ),
    # --- ranks, quantities, numbers
    pattern(r"(?<![^\W\p{Han}]|[.,])(?P<ORDINAL>\d++(?:st|nd|rd|th))(?!\w)", SURE),
    pattern(
        r"(?<!\w)(?P<ORDINAL>first|(?<!\ba[ ])second(?=[ ]\p{L})|(?<!\ba[ ])third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|twelfth|twentieth|"
        r"(?:twenty|thirty|forty|fifty)-(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth))(?!\w)",
        LIKELY,
        ignore_case=True,
    ),
    pattern(
        r"(?<!\w)(?P<ORDINAL>\d++(?:-(?:й|я|е|го|му|м|х|ші|шы|інші|ыншы)|'?(?:inci|ıncı|üncü|uncu)))(?!\w)",
        LIKELY,
    ),
    pattern(
        r"(?<!\w)(?P<ORDINAL>(?:перв|втор|четв[её]рт|пят|шест|седьм|восьм|девят|десят)(?:ый|ой|ая|ое|ые|ого|ую|ых|ым|ом|ому)|трет(?:ий|ья|ье|ьи|ьего|ьему|ьем|ьей|ью)"
        r"|(?:бір|екі|үш|төрт|бес|алты|жеті|сегіз|тоғыз|он)(?:інші|нші|ыншы|ншы)|birinci|ikinci|üçüncü|dördüncü|beşinci)(?!\w)",
        LIKELY,
    ),
    pattern(r"(?P<ORDINAL>第[一二三四五六七八九十百\d]+)", LIKELY),
    pattern(
        rf"(?<![^\W\p{{Han}}]|[.,$€£¥])(?P<QUANTITY>(?:{_NUMBER})(?:[ ]?{_SCALE})?[\ \u00a0-]?{_UNIT})"
        r"(?![^\W\p{Han}]|/)",
        LIKELY,
    ),
    pattern(rf"(?<!\w)(?P<QUANTITY>(?:{_WORD_NUMBER})[ ](?:{_SCALE}[ ])?{_UNIT})(?!\w)", LIKELY),
    pattern(
        rf"(?<![^\W\p{{Han}}]|[.,:/$€£¥₸₽₺第-])(?P<CARDINAL>(?:{_NUMBER})(?:[ ]{_SCALE}(?!\w))?)(?![^\W\p{{Han}}]|[:/%年月日-]|[.,]\d)",
        PERHAPS,
    ),
    pattern(
        rf"(?<![\w-])(?P<CARDINAL>(?:{_WORD_NUMBER})|{_RUSSIAN_NUMBER}|{_WESTERN_NUMBER})(?![\w-])", PERHAPS
    ),
)

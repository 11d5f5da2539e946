# ruff: noqa: E501 - one page a line, however long, so that the tables read as tables
import pytest

from extractors.article import read_page
from extractors.records import Article, NotArticle
from extractors.walls import REASONS

URL = "https://desk.example.org/a"
SENTENCE = "The brigade moved ten tanks across the river on Monday, officials in the capital said."
PARAGRAPH = f"{SENTENCE} Nobody was hurt, and the bridge held. Talks go on, and both sides met for an hour in the old town hall."
NTH = "first second third fourth fifth sixth seventh eighth ninth tenth".split()
MENU = (
    "<nav><ul>"
    + "".join(f'<li><a href="/{n}">{n}</a></li>' for n in "War Politics Economy Culture Sport".split())
    + "</ul></nav>"
)
FOOTER = '<footer><p>The Desk, 1 Press Lane. <a href="/privacy">Privacy policy</a> <a href="/cookies">Cookies</a></p></footer>'
DATED = '<meta property="og:type" content="article"><meta property="article:published_time" content="2023-04-28T10:00:00Z">'


def page(title: str, body: str, head: str = "") -> bytes:
    return f"<html><head><title>{title}</title>{head}</head><body>{MENU}{body}{FOOTER}</body></html>".encode()


def story(number: int, sentence: str = "") -> str:
    """Return so many paragraphs, each with words of its own."""
    return "".join(f"<p>{sentence} On the {nth} day: {PARAGRAPH}</p>" for nth in NTH[:number])


def teasers(number: int, mark: str = "h3") -> str:
    return "".join(
        f'<div class="item"><{mark}><a href="/story-{i}">Story {i}: brigade {i} moves</a></{mark}><p>Ten tanks crossed the river.</p></div>'
        for i in range(number)
    )


COOKIES = (
    "<h1>We value your privacy</h1><p>We and our partners store and/or access information on a device, such as cookies, and process "
    "personal data. You may accept all or reject all. Our partners may rely on legitimate interest.</p><p>Manage preferences</p>"
)
ZUSTIMMUNG = (
    "<h1>Willkommen</h1><p>Mit Ihrer Einwilligung nutzen wir und unsere Partner Cookies und verarbeiten personenbezogene Daten. "
    "Wenn Sie zustimmen, lesen Sie weiter. Mehr im Datenschutz.</p><p>Alle akzeptieren</p>"
)
PRIVACY = "<p>Файлы cookie помогают нам. Нажимая, вы даёте согласие на обработку персональных данных и файлов cookie нашими партнёрами.</p>"
STUB = f"<h1>Armour moves</h1><p>{SENTENCE}</p>"
NOT_ARTICLES = [
    # robots
    ("bot_wall", page("Just a moment...", "<p>Checking your browser before you go on.</p>")),
    ("bot_wall", page("Attention Required! | Guard", "<h1>Sorry, you have been blocked</h1><p>Ray ID: 7f3</p>")),
    ("bot_wall", page("Access Denied", "<h1>Access Denied</h1><p>You don't have permission to access this. Reference #18.ab</p>")),
    ("bot_wall", page("desk.example.org", "<p>Please verify you are human. Press &amp; hold to confirm.</p>")),
    ("bot_wall", page("Are you a robot?", "<p>We saw unusual activity from your network.</p>")),
    ("bot_wall", page("Проверка браузера", "<p>Подтвердите, что вы не робот.</p>")),
    ("bot_wall", page("Desk", "<h1>Pardon Our Interruption</h1><p>Something about your browser made us think you are a bot.</p>")),
    ("bot_wall", page("403 Forbidden", "<center><h1>403 Forbidden</h1></center>")),
    ("bot_wall", page("Unavailable", "<h1>451: Unavailable due to legal reasons</h1><p>You seem to read us from a country of the union, and we cannot let you in at this time, for reasons of its law on data.</p>")),
    ("bot_wall", page("The Desk", "<h1>This content is not available in your region</h1><p>We are sorry for it.</p>")),
    ("bot_wall", page("Too Many Requests", "<h1>Too Many Requests</h1><p>You have sent too many of them in this minute.</p>")),
    ("bot_wall", page("アクセスが拒否されました", "<h1>アクセスが拒否されました</h1><p>お使いの環境からはご覧になれません。</p>")),
    # pages that are not there, with status 200
    ("not_found_page", page("The Desk", f"<h1>Sorry, we can't find that page</h1><p>It may have moved. The latest:</p>{teasers(7)}", '<meta property="og:type" content="article">')),
    ("not_found_page", page("Page not found - The Desk", f"<h1>Page not found</h1><p>Try these:</p>{teasers(8)}")),
    ("not_found_page", page("404 | The Desk", "<h1>404</h1><p>Nothing here.</p>", '<meta property="og:type" content="article">')),
    ("not_found_page", page("The Desk", "<h1>Error 404</h1><p>The page you are looking for may have been moved or deleted.</p>")),
    ("not_found_page", page("The Desk", "<p>The requested URL was not found on this server.</p>")),
    ("not_found_page", page("Seite nicht gefunden – Der Tisch", "<h1>Hoppla</h1><p>Die von Ihnen gesuchte Seite gibt es nicht.</p>")),
    ("not_found_page", page("Страница не найдена", "<p>Такой страницы не существует.</p>" + teasers(9))),
    ("not_found_page", page("Сторінку не знайдено", "<h1>Сторінку не знайдено</h1>")),
    ("not_found_page", page("Page introuvable | Le Bureau", "<h1>Oups</h1>")),
    ("not_found_page", page("The Desk", "<h1>Article not found</h1>" + f"<p>{PARAGRAPH}</p>")),
    # errors
    ("error_page", page("502 Bad Gateway", "<h1>502 Bad Gateway</h1><hr>nginx")),
    ("error_page", page("503 Service Temporarily Unavailable", "<p>Back in a minute.</p>")),
    ("error_page", page("The Desk", "<h1>Scheduled maintenance</h1><p>We are back at noon.</p>")),
    ("error_page", page("Welcome to nginx!", "<h1>Welcome to nginx!</h1><p>The nginx web server is successfully installed and working, and waits for its pages.</p>")),
    # consent
    ("consent_wall", page("The Desk", COOKIES)),
    ("consent_wall", page("Der Tisch", ZUSTIMMUNG)),
    ("consent_wall", page("Before you continue", "<p>We use cookies and data. Accept all, or see your choices.</p>")),
    ("consent_wall", page("Стол", PRIVACY)),
    # offers to subscribe
    ("paywall_stub", page("Armour moves", STUB + "<div>Subscribe to continue reading. Already a subscriber? Log in.</div>", DATED)),
    ("paywall_stub", page("Armour moves", STUB.replace("said.", "said…") + "<p>Um weiterzulesen, brauchen Sie ein Abo.</p>", DATED)),
    ("paywall_stub", page("Armour moves", STUB + "<p>Cet article est réservé aux abonnés.</p>")),
    ("paywall_stub", page("Армия отошла", "<h1>Армия отошла</h1><p>Бригада отошла за реку в понедельник утром.</p><p>Доступно только подписчикам.</p>")),
    ("paywall_stub", page("Subscribe", "<h1>Subscribe to The Desk</h1><p>Choose your plan. Digital, 9 a month. On paper, 19 a month. Cancel anytime.</p>")),
    # lists of other pages
    ("index_page", page("War - The Desk", f"<h1>War</h1>{teasers(12)}", '<meta property="og:type" content="website">')),
    ("index_page", page("The Desk", teasers(30, "h2"))),
    ("index_page", page("Tag: tanks", "<h1>tanks</h1>" + teasers(7, "h4"))),
    ("index_page", page("Ann Lee", "<h1>Ann Lee</h1><p>Writes on the army.</p>" + teasers(10))),
    ("index_page", page("Search", "<ul>" + "".join(f'<li><a href="/s{i}">Brigade {i} moves ten tanks over the river</a></li>' for i in range(40)) + "</ul>")),
    ("index_page", page("Live", "<main>" + "".join(f'<article><a href="/s{i}"><h3>Brigade {i} moves ten tanks</h3><p>On Monday.</p></a></article>' for i in range(9)) + "</main>")),
    ("index_page", page("War", "<main>" + "".join(f'<article><h2><a href="/s{i}">Brigade {i} moves ten tanks</a></h2><time datetime="2023-04-2{i}">x</time><span itemprop="datePublished" content="2023-04-2{i}"></span></article>' for i in range(9)) + "</main>")),
    # shells, pictures, nothing
    ("script_shell", b"<html><head><title>The Desk</title><script src=/app.js></script></head><body><div id=root></div></body></html>"),
    ("script_shell", b"<html><head><script>x=1</script></head><body><noscript>Please enable JavaScript.</noscript></body></html>"),
    ("script_shell", b"<html><body><p>You need to enable JavaScript to run this app.</p><script>x=1</script></body></html>"),
    ("gallery", page("In pictures: the river", "<h1>In pictures</h1>" + "<figure><img src=a.jpg><figcaption>Tanks.</figcaption></figure>" * 12)),
    ("no_text", page("Video", "<h1>Tanks at the river</h1><p>02:14 min</p>")),
    ("no_text", b"<html><body></body></html>"),
]  # fmt: skip


@pytest.mark.parametrize(("reason", "body"), NOT_ARTICLES)
def test_page_that_is_no_article_becomes_none(reason: str, body: bytes) -> None:
    found = read_page(body, URL)
    assert isinstance(found, NotArticle), found.text
    assert found.reason == reason
    assert found.reason in REASONS


def test_table_of_walls_is_no_short_one() -> None:
    assert len(NOT_ARTICLES) >= 40
    assert {reason for reason, _ in NOT_ARTICLES} <= set(REASONS)


BANNER = '<div class="cookie-banner"><p>We and our partners use cookies. Accept all or reject all. Privacy settings, personal data.</p></div>'
RELATED = f'<section class="related"><h2>Read also</h2>{teasers(8)}</section>'
LOSSES = "".join(
    f"<tr><td>{item}</td><td>{n}</td></tr>" for item, n in (("Tanks", "6,420"), ("Guns", "5,100"), ("Ships", "22"))
)
ODD = [
    ("brief", page("Armour moves", f"<h1>Armour moves</h1><p>{SENTENCE}</p>")),
    ("dated brief", page("Armour moves", f"<h1>Armour moves</h1><p>{SENTENCE}</p>", DATED)),
    ("brief beside teasers", page("Armour moves", f"<article><h1>Armour moves</h1><p>{SENTENCE}</p></article>{RELATED}", DATED)),
    ("undated brief beside teasers", page("Armour moves over the river", f"<main><h1>Armour moves over the river</h1><p>{SENTENCE}</p><p>Nobody was hurt, and the bridge held, an officer told us by telephone at noon on Monday.</p></main>{RELATED}")),
    ("titled as a wall", page("Forbidden | The Desk", f"<article><h1>Forbidden</h1>{story(2)}</article>", DATED)),
    ("titled as an error", page("Under maintenance", f"<article><h1>Under maintenance: the tanks</h1>{story(1)}</article>", DATED)),
    ("brief with banner", page("Armour moves", f"{BANNER}<article><h1>Armour moves</h1><p>{SENTENCE}</p></article>")),
    ("flash", page("Flash", "<h1>Flash</h1><p>Ten tanks have crossed the river, the army says this hour.</p>", DATED)),
    ("table of losses", page("Losses", f"<article><h1>Losses so far</h1><p>The general staff counts these losses:</p><table>{LOSSES}</table></article>", DATED)),
    ("list of losses", page("Losses", "<article><h1>Losses</h1><p>The staff counts:</p><ul><li>Tanks: 6,420 lost since spring</li><li>Guns: 5,100 lost since spring</li></ul></article>", DATED)),
    ("undated list", page("Losses", "<article><h1>Losses</h1><p>The staff counts these as of Monday morning:</p><ul><li>Tanks: 6,420</li><li>Guns: 5,100</li></ul></article>")),
    ("interview", page("We hold", "<article><h1>We hold</h1>" + f"<p><b>How many tanks are left?</b></p><p>{SENTENCE}</p>" * 6 + "</article>", DATED)),
    ("questions", page("Q&amp;A", "<article><h1>Q&amp;A</h1>" + f"<h2>Who moved?</h2><p>{SENTENCE}</p>" * 6 + "</article>")),
    ("opinion", page("Opinion", f"<article><h1>Why armour moves</h1>{story(5)}<div class='article__disclaimer'>Views are the author's.</div></article>", DATED)),
    ("opinion on robots", page("Are you a robot? asks the army", f"<article><h1>Are you a robot? asks the army</h1>{story(5)}</article>", DATED)),
    ("on cookies", page("Cookies | The Desk", f"<article><h1>Cookies</h1>{story(8, 'Every cookie law asks for consent.')}</article>", DATED)),
    ("access denied", page("Access denied: the river", f"<article><h1>Access denied: the river</h1>{story(5)}</article>", DATED)),
    ("a page lost", page("The page not found in the treaty", f"<article><h1>The page not found in the treaty</h1>{story(3)}</article>")),
    ("blocked", page("Blocked", f"<article><h1>Blocked</h1>{story(5)}</article>")),
    ("on subscriptions", page("War bonds", f"<article><h1>War bonds</h1>{story(5, 'To continue reading the mood:')}</article>", DATED)),
    ("free brief and offer", page("Armour moves", f"<article><h1>Armour moves</h1><p>{PARAGRAPH} {PARAGRAPH}</p></article><div class='subscribe'>Become a member</div>", DATED)),
    ("long behind an offer", page("Armour moves", f"<article><h1>Armour moves</h1>{story(5)}</article><p>Subscribe to continue reading tomorrow.</p>", DATED)),
    ("divs only", page("Armour moves", f"<div class='story'>{f'<div>{PARAGRAPH}</div>' * 5}</div>")),
    ("line breaks", page("Armour moves", f"<h1>Armour moves</h1><div class='text'>{'<br><br>'.join([PARAGRAPH] * 5)}</div>")),
    ("no headline", page("", f"<p>{PARAGRAPH}</p>" * 4)),
    ("one block", page("Armour moves", f"<h1>Armour moves</h1><div>{PARAGRAPH * 6}</div>")),
    ("no head at all", f"<p>{PARAGRAPH}</p>".encode() * 4),
    ("unclosed", f"<html><body><h1>Armour moves<div><p>{PARAGRAPH}<p>{PARAGRAPH}<p>{PARAGRAPH}".encode()),
    ("russian", page("Армия отошла", "<article><h1>Армия отошла</h1>" + "<p>Бригада отошла за реку в понедельник, сообщили в столице. Потерь нет.</p>" * 4 + "</article>")),
    ("ukrainian brief", page("Армія відійшла", "<article><h1>Армія</h1><p>Бригада відійшла за річку в понеділок, повідомили у столиці вранці.</p></article>", DATED)),
    ("japanese", page("戦車が川を渡る", "<article><h1>戦車が川を渡る</h1>" + "<p>政府は月曜日、戦車十両が川を渡ったと発表した。負傷者はいないという。</p>" * 3 + "</article>", DATED)),
    ("arabic", page("الدبابات", "<article><h1>الدبابات تعبر النهر</h1>" + "<p>قال الجيش إن عشر دبابات عبرت النهر يوم الاثنين دون وقوع إصابات.</p>" * 3 + "</article>", DATED)),
    ("pictures and text", page("Armour moves", "<article><h1>Armour moves</h1>" + f"<figure><img src=a.jpg></figure><p>{PARAGRAPH}</p>" * 8 + "</article>", DATED)),
    ("picture brief", page("Armour moves", "<article><h1>Armour moves</h1>" + "<img src=a.jpg>" * 7 + f"<p>{SENTENCE}</p></article>", DATED)),
    ("numbered list", page("Ten facts", "<article><h1>Ten facts</h1>" + "".join(f"<h2>{i}. Fact</h2><p>{SENTENCE}</p>" for i in range(10)) + "</article>", DATED)),
    ("linked headings", page("The week", "<article><h1>The week</h1>" + "".join(f'<h2><a href="/s{i}">Day {i} at the river</a></h2><p>{PARAGRAPH}</p>' for i in range(7)) + "</article>", DATED)),
    ("linked newsletter", page("The week", "<article><h1>The week</h1>" + "".join(f'<h3><a href="/s{i}">Day {i}</a></h3><p>On day {i}: {PARAGRAPH * 2}</p>' for i in range(7)) + "</article>")),
    ("short lines beside teasers", page("Armour moves", "<article><h1>Armour moves</h1>" + "".join(f"<p>On the {n} day, {SENTENCE.lower()} The {n} bridge held, and nobody was hurt in the {n} crossing.</p>" for n in NTH) + f"</article><div>{teasers(12)}</div>")),
    ("live blog", page("Live: the river", "<article><h1>Live: the river</h1>" + "".join(f"<div class='post'><time datetime='2023-04-28T1{i}:00Z'>1{i}:00</time><h2>Update</h2><p>{SENTENCE}</p></div>" for i in range(8)) + "</article>", DATED)),
    ("transcript", page("Transcript", "<article><h1>Transcript</h1>" + "<p>LEE: Ten tanks.</p><p>RAY: When?</p>" * 12 + "</article>", DATED)),
    ("statement", page("Statement", f"<div id='content'><h1>Statement of the ministry</h1><p>{PARAGRAPH}</p><p>{PARAGRAPH}</p></div>")),
    ("quotes", page("They said", "<article><h1>They said</h1>" + f"<blockquote><p>{SENTENCE}</p></blockquote>" * 5 + "</article>", DATED)),
    ("letter", page("A letter", f"<main><h1>A letter</h1><p>Dear reader,</p><p>{PARAGRAPH}</p><p>Yours, Ann Lee</p></main>", DATED)),
    ("correction", page("Correction", "<article><h1>Correction</h1><p>An earlier report gave the number of tanks as 100. It was ten.</p></article>", DATED)),
    ("declared only", b'<html><head><script type="application/ld+json">{"@type":"NewsArticle","headline":"Armour moves","datePublished":"2023-04-28","articleBody":"' + PARAGRAPH.encode() * 2 + b'"}</script></head><body><div id="app"></div></body></html>'),
]  # fmt: skip


@pytest.mark.parametrize("body", [body for _, body in ODD], ids=[name for name, _ in ODD])
def test_odd_article_is_read_as_one(body: bytes) -> None:
    found = read_page(body, URL)
    assert isinstance(found, Article), found.reason
    assert found.text


@pytest.mark.parametrize("name", ["table of losses", "list of losses", "undated list"])
def test_figures_in_tables_and_lists_stay_in_the_text(name: str) -> None:
    found = read_page(dict(ODD)[name], URL)
    assert isinstance(found, Article)
    assert "Tanks" in found.text
    assert "6,420" in found.text
    assert "5,100" in found.text


def test_table_of_odd_articles_is_no_short_one() -> None:
    assert len(ODD) >= 40

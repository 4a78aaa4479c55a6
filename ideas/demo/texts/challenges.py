"""Challenges: the calls with their dates in days from today, the rules, what the jury wrote."""

from ...phases import Phase

# Entered first, where their theme fits: written by the accounts one signs in with.
TITLES = {
    "Recycler les vieilles cartes en agence",
    "Une fiche « premier appartement »",
    "Suspendre la carte de mon salarié",
}

RULES = """### Article 1. Qui organise
La Banque du Phare organise le défi « %(title)s » sur son Lab. La participation est gratuite et n’oblige à aucun achat.

### Article 2. Qui peut participer
Toute personne majeure, membre du Lab et répondant aux conditions affichées. Le personnel de la banque ne concourt pas.

### Article 3. Comment participer
Une idée se propose, ou s’inscrit si elle est déjà en ligne, jusqu’au %(end)s. Elle peut être retirée jusqu’à cette date. Elle doit être la vôtre et ne contenir aucune donnée privée.

### Article 4. Comment on choisit
Les soutiens donnés entre l’ouverture et la fin du vote comptent pour la part affichée. Le jury note l’utilité, la simplicité et la nouveauté de 1 à 5, chaque juré seul d’abord ; aucun juré ne note son idée ni celle d’un proche.

### Article 5. Les prix
Ils sont affichés sur la page du défi et remis dans les deux mois. Un prix peut être versé à l’association de votre choix.

### Article 6. Votre idée
Elle reste la vôtre. Vous nous autorisez à la construire, avec votre nom si vous le voulez. Vos données ne servent qu’au défi."""
RULES_EN = "The rules are written in French. In short: one idea per person, support given during the challenge counts, the jury notes usefulness, simplicity and novelty, and your idea stays yours."
RULES_CHANGED = (
    "Le prix peut désormais être versé à une association, et le jury compte une conseillère de plus.",
    "\n\n### Article 7. Association\nLe gagnant peut demander que son prix soit versé à une association de son choix, en tout ou partie.",
    "A prize can now be paid to a charity, and one more adviser sits on the jury.",
)

CALLS = (
    {
        "phase": Phase.ARCHIVED, "days": (-420, -385, -365, -345), "entries": 6, "themes": {"asso", "compte", "jeunes", "cartes", "appli", "epargne"},
        "jury": (("membre-1", "tient les comptes d’un club de voile", True), ("expert", "service des moyens de paiement", True)),
        "texts": {
            "title_fr": "L’argent à plusieurs", "title_en": "Money together", "slug": "l-argent-a-plusieurs",
            "lede_fr": "Colocation, club, cagnotte : comment mieux partager les comptes ?", "lede_en": "Flat shares, clubs, kitties: how could sharing be easier?",
            "call_fr": "On parle d’argent dès que l’on vit ou que l’on agit à plusieurs, et rien n’est fait pour.\n\nRacontez-nous une fois où partager une dépense a été pénible, et ce qui l’aurait rendu simple.",
            "call_en": "We talk about money as soon as we live or act together, and nothing is made for it.\n\nTell us of one time when sharing an expense was a burden, and what would have made it simple.",
            "prizes_fr": "Votre idée construite avec vous, et 1 000 €\n500 €\n200 €", "prizes_en": "Your idea built with you, and €1,000\n€500\n€200",
            "entries_per_member": 3,
        },
    },
    {
        "phase": Phase.RESULTS, "days": (-150, -110, -85, -60), "entries": 9, "themes": {"etranger", "cartes", "compte", "appli", "securite"},
        "jury": (("ambassadeur", "grand voyageur, Nantes", True), ("membre-2", "habite Rennes", True), ("expert", "service des cartes", True)),
        "texts": {
            "title_fr": "Vos astuces pour l’été", "title_en": "Your tips for the summer", "slug": "vos-astuces-pour-l-ete",
            "lede_fr": "Qu’est-ce qui vous simplifierait l’argent en vacances ?", "lede_en": "What would make money simpler on holiday?",
            "call_fr": "Une carte avalée un dimanche, un péage qui refuse, des amis à rembourser : l’été met nos services à l’épreuve.\n\n**Proposez une idée qui aurait sauvé votre journée.** Elle doit servir dès la première semaine de vacances.",
            "call_en": "A card swallowed on a Sunday, a toll that refuses, friends to pay back: summer puts our services to the test.\n\n**Propose one idea that would have saved your day.** It must be of use from the first week of the holidays.",
            "prizes_fr": "Votre idée construite avec vous, et un week-end à Belle-Île\n300 € sur votre livret\n150 € sur votre livret",
            "prizes_en": "Your idea built with you, and a weekend on Belle-Île\n€300 on your savings account\n€150 on your savings account",
            "sponsor": "Office de tourisme du Phare", "entries_per_member": 2, "vote_share": 40,
        },
    },
    {
        "phase": Phase.JURY, "days": (-62, -26, -6, 12), "entries": 7, "themes": {"vert", "agence", "acces", "assurance"},
        "jury": (("cliente", "cliente depuis 2009, Brest", True), ("ambassadeur", "artisan, Nantes", True), ("expert", "service des moyens de paiement", True)),
        "texts": {
            "title_fr": "Une agence plus accueillante", "title_en": "A more welcoming branch", "slug": "une-agence-plus-accueillante",
            "lede_fr": "Que changeriez-vous dès la porte d’entrée ?", "lede_en": "What would you change, right from the front door?",
            "call_fr": "Nous refaisons quatre agences au printemps. Avant de choisir la peinture, nous voulons savoir ce qui compte pour vous : l’attente, l’accueil, ce qui s’y entend, ce qui s’y lit.",
            "call_en": "We are rebuilding four branches in spring. Before we choose the paint, we want to know what matters to you: the wait, the welcome, what is overheard there, what is written there.",
            "prizes_fr": "Votre idée dans les quatre agences, et 800 €\n400 €\n200 €", "prizes_en": "Your idea in all four branches, and €800\n€400\n€200",
            "vote_share": 33, "shortlist_size": 5, "entries_per_member": 2,
        },
    },
    {
        "phase": Phase.VOTING, "days": (-40, -4, 9, 30), "entries": 6, "themes": {"pro"},
        "jury": (("membre-1", "tient une crêperie à Douarnenez", True), ("cliente", "cliente depuis 2009, Brest", False), ("moderation", "responsable de la communauté", True)),
        "texts": {
            "title_fr": "La banque des petites entreprises", "title_en": "The bank of small businesses", "slug": "la-banque-des-petites-entreprises",
            "lede_fr": "Dix minutes gagnées par semaine : où les prendre ?", "lede_en": "Ten minutes saved each week: where would you find them?",
            "call_fr": "Factures, tickets, TVA : vous nous dites souvent que la paperasse vous prend vos soirées.\n\nNous cherchons une idée qui rend dix minutes par semaine à une entreprise de moins de dix personnes.",
            "call_en": "Invoices, receipts, VAT: you often tell us that paperwork takes your evenings.\n\nWe look for one idea that gives ten minutes a week back to a company of fewer than ten people.",
            "prizes_fr": "1 500 € et une année de terminal offerte\n500 €", "prizes_en": "€1,500 and a year of free card terminal\n€500",
            "sponsor": "Chambre de métiers du Finistère", "entries_per_member": 2,
        },
    },
    {
        "phase": Phase.POSTING, "days": (-20, 24, 45, 60), "entries": 8, "themes": {"jeunes", "epargne", "compte", "cartes"}, "changed": True,
        "jury": (("membre-2", "deux lycéens à la maison", True), ("expert", "service des moyens de paiement", True)),
        "texts": {
            "title_fr": "Mon premier budget", "title_en": "My first budget", "slug": "mon-premier-budget",
            "lede_fr": "Qu’est-ce qui vous aurait aidé à 18 ans ? L’idée gagnante sera construite avec son auteur.", "lede_en": "What would have helped you at 18? The winning idea will be built with its author.",
            "call_fr": "Un premier salaire, un premier loyer, et personne pour expliquer. Un jeune client sur trois passe à découvert dans les six premiers mois. Ce n’est pas un défaut de sérieux : rien, dans nos outils, n’est fait pour commencer.\n\nNous cherchons une chose simple, qui tient dans l’appli ou sur une feuille. Elle doit servir dès le premier mois, sans parler de placement.",
            "call_en": "A first salary, a first rent, and nobody to explain. One young customer in three is overdrawn within six months: nothing in our tools is made for beginning.\n\nWe look for one simple thing, useful from the first month.",
            "prizes_fr": "Votre idée construite avec vous, et 1 500 €\n600 €, et un bêta-test à votre nom\n300 €",
            "prizes_en": "Your idea built with you, and €1,500\n€600, and a beta test in your name\n€300", "sponsor": "Cap Budget, association, Brest", "entries_per_member": 2,
        },
    },
    {
        "phase": Phase.ANNOUNCED, "days": (6, 40, 55, 70),
        "texts": {
            "title_fr": "Des fêtes sans découvert", "title_en": "A season without overdraft", "slug": "des-fetes-sans-decouvert",
            "lede_fr": "Décembre coûte cher : comment le voir venir ?", "lede_en": "December is expensive: how to see it coming?",
            "call_fr": "Chaque année, un client sur cinq finit janvier à découvert. Prévoir, étaler, mettre de côté : dites-nous ce qui vous aiderait à passer les fêtes l’esprit tranquille.",
            "call_en": "Each year, one customer in five ends January overdrawn. To foresee, to spread, to put aside: tell us what would help you go through the season with an easy mind.",
            "prizes_fr": "Votre idée construite avec vous, et 500 €\nUn panier de producteurs bretons", "prizes_en": "Your idea built with you, and €500\nA basket from Breton farms",
            "eligible_kinds": ["customer"],
        },
    },
    {
        "phase": Phase.DRAFT, "days": (20, 50, 65, 80),
        "texts": {
            "title_fr": "La banque quand on y voit mal", "title_en": "Banking when you see badly", "slug": "la-banque-quand-on-y-voit-mal", "lede_fr": "Lire, entendre, toucher : par où commencer ?", "lede_en": "To read, to hear, to touch: where do we begin?",
            "call_fr": "Avec l’association Yeux grands ouverts, nous cherchons ce qui rendrait nos services lisibles par tous.",
            "call_en": "With the association Yeux grands ouverts, we look for what would let everybody read our services.",
            "prizes_fr": "800 €", "prizes_en": "€800",
        },
    },
)  # fmt: skip

JURY_SAYS = (
    "Simple à comprendre, et utile dès la première semaine. Je l’aurais voulue moi-même.",
    "Le besoin est réel. Je me demande si l’appli est le bon endroit pour cela.",
    "Déjà vu ailleurs, mais jamais aussi clairement dit. Peu coûteux à essayer.",
    "Cela change peu de chose pour beaucoup de gens : c’est ce que j’aime.",
    "Belle idée, un peu ambitieuse pour une première version.",
)
REASONS_TO_WIN = (
    "Elle tient en une phrase et sert dès le premier jour. Le jury et les membres l’ont mise en tête.",
    "Elle répond à un moment que nous avons tous vécu, sans demander un geste de plus.",
    "La plus facile à essayer : nous pouvons en faire une première version cet hiver.",
)
JURY_WORD = "Des dizaines de propositions, et une évidence : les meilleures partent d’un moment vécu. Merci à toutes celles et ceux qui ont pris le temps d’écrire."

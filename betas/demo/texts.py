"""What the demo's programmes say, and what their testers report. Days are counted from the day of loading."""

from members.states import AgeBand, Kind, Segment

from ..states import Outcome, State

PROGRAMMES = (
    {
        "key": "rounding", "state": State.CLOSED, "outcome": Outcome.SHIPPED, "begun": 150, "starts": -130, "ends": -100, "closed": 92,
        "title": "Arrondir ses achats, remplir son livret", "platforms": "iPhone et Android", "seats": 60,
        "ideas": ("Arrondir ses achats, remplir son livret",), "idea_state": "delivered",
        "summary": "Chaque achat est arrondi à l’euro, et la différence part sur le livret.",
        "intro": "Vous avez essayé l’arrondi sur votre vraie carte pendant un mois : le réglage, l’arrêt, et ce qui se passe en fin "
        "de mois difficile.",
        "audience": "Vous payez par carte au moins dix fois par mois.\nVous avez un livret à la Banque du Phare.",
        "eligible_kinds": [Kind.CUSTOMER], "feature_flag": "round_up", "people": {"completed": 47, "inactive": 8, "declined": 11},
        "what_changed": "Vous nous avez fait ajouter la pause automatique sous 50 € de solde : dix-neuf d’entre vous l’ont demandée la "
        "première semaine. L’arrondi à deux euros vient aussi de vous. Et le récapitulatif arrive désormais le dimanche, pas le "
        "lundi matin. C’est en ligne pour tout le monde. Merci.",
        "missions": (
            ("Régler son arrondi", "Sans notre aide : trouvez le réglage et choisissez votre livret.",
             "Ouvrir la page du livret\nChoisir l’arrondi\nFaire un premier achat", "3 minutes"),
            ("L’arrêter, puis le reprendre", "On doit pouvoir changer d’avis en un geste.", "L’arrêter\nLe reprendre le lendemain", "2 minutes"),
            ("Lire le bilan de la semaine", "Le message du dimanche est-il clair ?", "Attendre dimanche\nLire le message", "une semaine"),
        ),
    },
    {
        "key": "voice", "state": State.CLOSED, "outcome": Outcome.CHANGED, "begun": 240, "starts": -220, "ends": -195, "closed": 188,
        "title": "Dicter un virement", "platforms": "Android", "seats": 30, "ideas": (),
        "summary": "Dire à voix haute le montant et le nom, et vérifier avant d’envoyer.",
        "intro": "Vous avez dicté vos virements chez vous, dans la rue et dans le bus.",
        "audience": "Vous faites au moins deux virements par mois.", "eligible_kinds": [Kind.CUSTOMER], "feature_flag": "voice_transfer",
        "people": {"completed": 22, "inactive": 5, "declined": 6},
        "what_changed": "Vous nous avez arrêtés à temps. Dans la rue, un montant sur douze était mal compris, et personne ne veut dicter une "
        "somme dans le bus. Nous gardons une seule chose : le nom du bénéficiaire cherché à la voix. Le reste retourne à l’atelier.",
        "missions": (
            ("Dicter chez soi", "Au calme, un petit montant vers vous-même.", "Dicter le montant\nDicter le nom\nVérifier", "3 minutes"),
            ("Dicter dehors", "Dans la rue ou un transport. Que comprend l’appli ?", "Dicter\nNoter ce qui est faux", "3 minutes"),
        ),
    },
    {
        "key": "student", "state": State.RUNNING, "begun": 34, "starts": -16, "ends": 19, "decision": 30, "until": 5,
        "title": "Un budget d’étudiant prêt à l’emploi", "platforms": "iPhone et Android", "seats": 18, "accepts_at_once": True,
        "ideas": ("Un budget d’étudiant prêt à l’emploi",), "idea_state": "in_beta",
        "summary": "Loyer, bourse, courses, sorties : un budget déjà rempli, qu’il ne reste qu’à corriger.",
        "intro": "L’appli propose un budget d’étudiant dès le premier jour, avec les aides qui arrivent en retard et les mois sans bourse. Vous "
        "le corrigez, et vous nous dites ce qui manque.",
        "audience": "Vous avez entre 18 et 25 ans.\nVous gérez votre argent vous-même, même un peu.\nCinq minutes par semaine suffisent.",
        "eligible_ages": [AgeBand.YOUNG], "feature_flag": "student_budget",
        "people": {"active": 13, "agreed": 5, "waitlisted": 4, "withdrawn": 2},
        "missions": (
            ("Corriger le budget proposé", "Il est rempli d’avance. Qu’est-ce qui est faux pour vous ?",
             "Ouvrir le budget\nChanger trois lignes\nEn ajouter une", "5 minutes"),
            ("Tenir une semaine", "Regardez-le chaque jour, sans rien changer.", "Le lire sept jours de suite\nNous dire ce qui surprend", "une semaine"),
        ),
    },
    {
        "key": "export", "state": State.EVALUATING, "begun": 70, "starts": -49, "ends": -4, "decision": 9,
        "title": "Exporter ses opérations, triées pour le comptable", "platforms": "Sur ordinateur", "seats": 40,
        "ideas": ("Exporter mes opérations par catégorie, pour mon comptable",), "idea_state": "in_beta",
        "summary": "Un fichier par mois, la TVA à part, prêt à envoyer au comptable.",
        "intro": "Vous avez exporté un mois, puis un trimestre, et vous l’avez donné à votre comptable. Nous lisons maintenant tout ce que vous "
        "nous avez écrit.",
        "audience": "Vous êtes à votre compte, ou vous tenez les comptes d’une association.\nVous exportez au moins une fois par trimestre.",
        "eligible_segments": [Segment.PROFESSIONAL], "feature_flag": "ledger_export",
        "people": {"active": 21, "agreed": 3, "inactive": 4, "declined": 3},
        "missions": (
            ("Exporter le mois d’octobre", "Le fichier s’ouvre-t-il dans votre tableur ?", "Choisir le mois\nTélécharger\nOuvrir le fichier", "4 minutes"),
            ("L’envoyer à son comptable", "Que lui manque-t-il ?", "Envoyer le fichier\nRecueillir sa réponse", "une semaine"),
            ("Retrouver la TVA", "Les deux taux sont-ils justes ?", "Comparer avec trois factures", "10 minutes"),
        ),
    },
    {
        "key": "virtual", "state": State.INTEREST, "begun": 9, "starts": 58, "interested": 71,
        "title": "Une carte virtuelle pour un seul achat", "platforms": "iPhone et Android", "seats": 150,
        "ideas": ("Une carte virtuelle pour un seul achat",), "idea_state": "planned",
        "summary": "Elle vit une heure et un seul paiement. Ouvre en janvier : dites-nous que cela vous intéresse.",
        "intro": "Un numéro de carte fait pour un seul site, un seul montant, une seule heure. Nous la préparons avec l’équipe Cartes, et nous "
        "cherchons des membres qui achètent souvent en ligne.",
        "audience": "Vous avez une carte de la Banque du Phare.\nVous achetez en ligne au moins deux fois par mois.",
        "eligible_kinds": [Kind.CUSTOMER], "feature_flag": "one_time_card", "people": {}, "missions": (),
    },
    {
        "key": "overdraft", "state": State.RECRUITING, "begun": 11, "starts": 13, "ends": 41, "decision": 55, "until": 9,
        "title": "Prévenir avant le découvert", "platforms": "iPhone et Android", "seats": 80,
        "ideas": ("Prévenir avant un découvert, pas après",), "idea_state": "planned",
        "summary": "La veille à 18 h : ce qui va passer, ce qui manquera, et un bouton pour virer depuis un livret.",
        "intro": "L’appli regarde ce qui doit passer demain et vous écrit la veille si le compte ne suffit pas. Vous nous direz si le message "
        "arrive au bon moment, s’il est juste, et s’il est dit avec tact.",
        "audience": "Votre compte est passé à découvert au moins une fois cette année.\nVous avez dix minutes par semaine, pendant quatre "
        "semaines.\nNous cherchons surtout des moins de 40 ans et des comptes joints.",
        "eligible_kinds": [Kind.CUSTOMER], "feature_flag": "overdraft_notice",
        "people": {"applied": 17, "accepted": 12, "agreed": 19, "declined": 4}, "interested": 6,
        "missions": (
            ("Recevoir le message", "Gardez l’appli à jour et attendez. Arrive-t-il à temps ?", "Activer les notifications\nNoter l’heure du message", "deux semaines"),
            ("Virer depuis le message", "Un geste doit suffire.", "Ouvrir le message\nVirer depuis un livret\nVérifier le solde", "3 minutes"),
            ("Le message était-il juste ?", "Comparez avec ce qui est vraiment passé.", "Lire le détail\nComparer le lendemain", "2 minutes"),
        ),
    },
    {
        "key": "pause", "state": State.RUNNING, "begun": 30, "starts": -12, "ends": 21, "decision": 27, "until": 8,
        "title": "Carte en pause", "platforms": "iPhone et Android", "seats": 120, "idea_state": "in_beta",
        "ideas": ("Bloquer ma carte quelques heures depuis l’appli, puis la remettre en service",),
        "summary": "Bloquez votre carte d’un geste, rallumez-la quand vous l’avez retrouvée. Avant de l’offrir à tous, nous voulons votre avis.",
        "intro": "Une version de l’appli où la carte se met en pause : paiements et retraits s’arrêtent, les abonnements continuent. Vous la "
        "testez sur votre vraie carte, et vous nous dites ce qui coince.",
        "audience": "Vous avez une carte du Phare et un téléphone de moins de six ans.\nVous avez dix minutes par semaine, pendant trois "
        "semaines.\nNous cherchons surtout des professionnels et des plus de 60 ans.",
        "eligible_kinds": [Kind.CUSTOMER], "feature_flag": "card_pause", "focus_title": "Version 4, arrivée lundi",
        "focus": "À regarder cette semaine : la pause depuis la montre, et le message après 24 heures.",
        "people": {"active": 61, "agreed": 21, "accepted": 11, "applied": 9, "inactive": 6, "declined": 7, "withdrawn": 3},
        "missions": (
            ("Mettre sa carte en pause", "À la maison, sans urgence : trouvez le bouton sans notre aide.",
             "Ouvrir la page de la carte\nTrouver la pause sans aide\nVérifier que la carte le dit", "2 minutes"),
            ("Payer pendant la pause", "Essayez un paiement en magasin. Que dit le terminal, et que dit l’appli ?",
             "Mettre en pause\nEssayer un petit paiement\nLire le message du terminal\nLire celui de l’appli", "5 minutes"),
            ("La rallumer loin du wifi", "Dehors, avec un réseau faible. Combien de temps avant qu’elle remarche ?",
             "Couper le wifi\nRallumer la carte\nCompter jusqu’au premier paiement", "5 minutes"),
            ("Laisser passer 24 heures", "Gardez-la en pause un jour. Le message que vous recevez est-il clair ?",
             "Mettre en pause le soir\nLire le message du lendemain", "sur deux jours"),
        ),
    },
)  # fmt: skip

DEVICES = (
    "iPhone 13",
    "iPhone 15",
    "iPhone SE",
    "Pixel 8",
    "Pixel 9",
    "Galaxy A54",
    "Galaxy S23",
    "Fairphone 5",
    "Redmi Note 12",
)
MOTIVATIONS = (
    "J’ai cru perdre ma carte deux fois cette année. Je veux bien essayer tout de suite.",
    "Je fais tout depuis mon téléphone et je note ce qui m’agace : cela peut vous servir.",
    "À 67 ans, je veux vérifier que c’est lisible sans mes lunettes.",
    "Artisan, je n’ai que cinq minutes entre deux chantiers. Si cela marche pour moi, cela marche.",
    "J’utilise un lecteur d’écran et on nous oublie souvent au moment des essais.",
    "Ma fille de 18 ans vient d’avoir son compte, nous testerons à deux.",
    "J’ai déjà testé l’arrondi l’an dernier, j’ai aimé voir mes remarques reprises.",
    "Je voyage beaucoup, avec un réseau souvent mauvais.", "",
    "Je travaille de nuit : je ferai les essais quand personne n’appelle.",
    "J’aide mes parents avec leur appli, je verrai vite ce qui n’est pas clair.",
    "Aucune compétence particulière, mais de la patience et un vieux téléphone.",
    "J’ai soutenu l’idée dès le premier jour, je serais contente de la voir naître.",
    "Dans notre association, trois personnes se partagent le compte. Nous essaierons ensemble.",
    "Je suis daltonien : les couleurs des états m’intéressent beaucoup.",
    "Livreur, j’ouvre l’appli vingt fois par jour.",
    "Je parle mal le français écrit, dites-moi si c’est un problème. Je comprends bien les dessins.",
    "J’ai changé de banque à cause de ce manque, puis je suis revenue.",
    "Je prends le bateau chaque semaine, sans réseau pendant deux heures.",
)  # fmt: skip

# programme → (kind, severity, title, body, state, reply, mission, screen)
FINDINGS = {
    "pause": (
        ("issue", "blocker", "La pause ne s’arrête plus après une mise à jour", "J’ai mis l’appli à jour avec la carte en pause. Depuis, le bouton "
         "« rallumer » tourne sans fin. J’ai dû appeler.", "confirmed", "Reproduit ce matin. La correction part dans la version 5, d’ici vendredi.", 2, "stuck"),
        ("issue", "blocker", "Deux cartes : c’est la mauvaise qui se met en pause", "J’ai une carte personnelle et une carte professionnelle. J’ai choisi la "
         "première, la seconde s’est arrêtée.", "new", "", 0, "two"),
        ("issue", "major", "Le terminal dit « carte volée »", "À la boulangerie, le terminal a affiché « carte volée ». La vendeuse m’a regardé de travers. "
         "« Carte en pause » serait mieux.", "confirmed", "Nous le demandons au réseau : ce message ne dépend pas que de nous, mais il doit changer.", 1, "terminal"),
        ("issue", "major", "Rien ne se passe sans réseau", "Dans le parking, le bouton reste bleu et rien ne dit qu’il attend le réseau.", "confirmed",
         "Merci. Un message « en attente de réseau » arrive.", 2, "wait"),
        ("issue", "major", "Le code est demandé deux fois", "Une fois pour ouvrir l’appli, une fois pour la pause. Dans l’urgence c’est long.", "fixed",
         "Une seule fois depuis la version 4.", 0, None),
        ("issue", "major", "VoiceOver saute le bouton « rallumer »", "Le lecteur d’écran va du titre au menu. Je ne peux rallumer qu’avec de l’aide.", "new", "", 2, None),
        ("issue", "minor", "La date s’affiche en anglais", "« Paused since Nov 14 » au milieu d’une page en français.", "fixed", "C’était une étourderie, merci.", 0, "date"),
        ("issue", "minor", "Le texte se coupe en gros caractères", "Avec la plus grande taille, « Mettre en pause » devient « Mettre en pa… ».", "confirmed", "", 0, "large"),
        ("issue", "minor", "Encore le texte coupé", "Le bouton est coupé quand j’agrandis les lettres.", "duplicate", "Déjà signalé, nous y travaillons.", 0, None),
        ("issue", "minor", "La montre ne montre pas la pause", "Sur le téléphone la carte est grise, sur la montre elle est encore bleue.", "new", "", 0, "watch"),
        ("idea", "", "Mettre en pause toutes les cartes d’un coup", "Quand on perd son portefeuille, on perd tout à la fois.", "confirmed",
         "Bonne idée : elle est sur la liste pour la suite.", 0, None),
        ("idea", "", "Un raccourci depuis l’écran d’accueil", "Appui long sur l’icône de l’appli, puis « pause ». Sans ouvrir.", "new", "", 0, None),
        ("idea", "", "Choisir qui est prévenu", "Que mon mari sache que la carte du compte joint est en pause.", "wont_do",
         "Nous ne le ferons pas : une carte est personnelle, même sur un compte joint. Vous pouvez l’écrire vous-même depuis l’appli.", 0, None),
        ("praise", "", "Trouvé en dix secondes", "Ma mère, 74 ans, a trouvé le bouton toute seule. Bravo.", "confirmed", "Dites-lui merci de notre part.", 0, None),
        ("praise", "", "Le mot « pause » rassure", "« Bloquer » fait peur, « pause » donne envie d’essayer.", "confirmed", "", 0, None),
        ("question", "", "Et le péage ?", "Mon badge est relié à cette carte. Passe-t-il pendant la pause ?", "fixed",
         "Oui : c’est un abonnement, il continue. Nous l’avons ajouté à la page d’aide.", 1, None),
        ("question", "", "La pause a-t-elle une fin ?", "Si j’oublie, que se passe-t-il au bout d’une semaine ?", "new", "", 3, None),
    ),
    "student": (
        ("issue", "major", "La bourse arrive en double", "Elle est comptée le 5 et le 28. Mon budget a l’air riche.", "confirmed", "Vu, merci. C’est corrigé la semaine prochaine.", 0, "budget"),
        ("issue", "minor", "Pas de ligne pour la laverie", "C’est bête, mais c’est 24 € par mois.", "fixed", "Ajoutée avec « pressing ».", 0, None),
        ("idea", "", "Un budget à deux en colocation", "Nous partageons tout sauf les courses.", "new", "", 1, None),
        ("praise", "", "Enfin pas un tableau vide", "D’habitude j’abandonne au moment de remplir.", "confirmed", "", 0, None),
    ),
    "export": (
        ("issue", "blocker", "La TVA de 5,5 % passe à 20 %", "Mes achats de livres sont au mauvais taux.", "fixed", "Corrigé dans l’export du 12.", 2, "ledger"),
        ("issue", "major", "Les accents sautent dans mon tableur", "« Société » devient « SociÃ©tÃ© ».", "fixed", "Corrigé : le fichier dit maintenant son encodage.", 0, None),
        ("issue", "minor", "Le nom du fichier ne dit pas le mois", "J’en ai douze qui s’appellent « export ».", "fixed", "Il porte maintenant le mois et le compte.", 0, None),
        ("idea", "", "Un envoi chaque mois, sans y penser", "Directement dans la boîte de mon comptable.", "confirmed", "Nous le proposerons au comité.", 1, None),
        ("question", "", "Combien d’années en arrière ?", "Il me faut trois ans pour un contrôle.", "confirmed", "Cinq ans, comme vos relevés.", 0, None),
    ),
    "rounding": (
        ("issue", "major", "Arrondi pris à découvert", "Il restait 12 € et l’arrondi est passé quand même.", "fixed", "Il s’arrête maintenant sous 50 €.", 0, None),
        ("idea", "", "Arrondir à deux euros", "L’euro ne remplit pas assez vite.", "fixed", "C’est dans la version livrée.", 0, None),
        ("idea", "", "Le bilan le dimanche", "Le lundi matin je n’ai pas la tête à cela.", "fixed", "Adopté.", 2, None),
        ("praise", "", "On n’y pense plus", "Et au bout du mois il y a 31 €.", "confirmed", "", 0, None),
    ),
    "voice": (
        ("issue", "blocker", "« Seize » devient « six cents »", "Heureusement j’ai vérifié.", "wont_do", "C’est ce qui nous a fait arrêter. Merci de l’avoir vu.", 1, None),
        ("question", "", "Qui entend ma voix ?", "Est-elle gardée ?", "fixed", "Non : elle reste dans le téléphone.", 0, None),
    ),
}  # fmt: skip

# What the demo's customer reports, as the page of the running test shows it.
HERS = (
    ("issue", "major", "Le bouton « pause » reste gris après un refus du code", "Je me trompe de code une fois, et ensuite le bouton ne répond plus. "
     "Il faut fermer l’appli.", "fixed", "Corrigé dans la version 4. Vous l’avez vu la première.", 0, "grey", "3.2"),
    ("idea", "", "Dire que les abonnements continuent de passer", "J’ai eu peur pour mon abonnement de train. Une phrase sur la page suffirait.",
     "confirmed", "C’est écrit dans la version 4, avec vos mots.", 0, None, "3.2"),
    ("issue", "blocker", "La carte virtuelle n’apparaît pas dans la liste", "J’ai deux cartes, une seule est là.", "needs_info",
     "Est-ce une carte virtuelle créée avant juin ? Elle n’est pas encore reprise dans cette version.", 2, "list", "4.0"),
)  # fmt: skip

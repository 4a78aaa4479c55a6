"""The texts of the demo's pages, in French and English. A bank replaces them; the duties they name stay.

A text is a list of (block, value); "text" is HTML of the few tags an editor has.
"""

PAGES = {
    "about": {
        "fr": ("Le Lab, c’est quoi ?", "le-lab", "L’atelier ouvert de la Banque du Phare : vous proposez, vous votez, vous essayez. Nous répondons.", [
            ("heading", "Comment cela marche"),
            ("text", "<ol><li>Vous proposez une idée, ou vous soutenez celle d’un autre.</li><li>Une équipe la lit, répond, et l’étudie.</li><li>Quatre fois par an, un comité choisit ce qui passe d’abord. Ses notes et ses raisons sont publiques.</li><li>Des membres essaient avant tout le monde. Leurs retours changent le produit.</li><li>Quand c’est livré, tous ceux qui l’ont demandé l’apprennent.</li></ol>"),
            ("heading", "Qui peut venir"),
            ("text", "<p>Toute personne majeure, cliente ou non. Votre avis compte autant, et personne ne vous démarchera.</p>"),
        ]),
        "en": ("What is the Lab?", "the-lab", "The open workshop of Banque du Phare: you propose, you vote, you try things out. We answer.", [
            ("heading", "How it works"),
            ("text", "<ol><li>You propose an idea, or support someone else’s.</li><li>A team reads it, answers, and studies it.</li><li>Four times a year a board chooses what comes first. Its scores and reasons are public.</li><li>Members try things before everyone else. What they find changes the product.</li><li>Once it is delivered, everyone who asked for it hears of it.</li></ol>"),
            ("heading", "Who may come"),
            ("text", "<p>Any adult, customer or not. Your opinion counts the same, and nobody will try to sell you anything.</p>"),
        ]),
    },
    "charter": {
        "fr": ("Charte de participation", "charte", "Version 3. Deux minutes de lecture, et nous voilà d’accord.", [
            ("heading", "Ce que nous vous promettons"),
            ("text", "<ul><li>Une réponse signée à chaque idée qui dépasse cinquante soutiens, en quinze jours au plus.</li><li>Une raison écrite pour chaque refus.</li><li>Un vote par personne, compté par la machine et vérifiable.</li><li>Des sondages confidentiels : personne, pas même nous, ne lit qui a choisi quoi.</li></ul>"),
            ("heading", "Ce que nous vous demandons"),
            ("text", "<ul><li>Une idée à la fois, dans vos mots.</li><li>Du respect pour les autres, membres comme salariés.</li><li>Jamais de numéro de carte, de compte ou de sécurité sociale. Pour votre dossier, écrivez depuis la messagerie sécurisée.</li></ul>"),
            ("heading", "Ce que deviennent vos idées"),
            ("text", "<p>En publiant ici, vous nous autorisez à utiliser votre idée sans contrepartie. Si elle est livrée, votre surnom est cité, sauf si vous ne le voulez pas.</p>"),
        ]),
        "en": ("Participation charter", "charter", "Version 3. Two minutes to read, and we agree.", [
            ("heading", "What we promise you"),
            ("text", "<ul><li>A signed answer to every idea with more than fifty supporters, within fifteen days.</li><li>A written reason for every refusal.</li><li>One vote per person, counted by the machine and open to checks.</li><li>Confidential polls: nobody, not even us, reads who chose what.</li></ul>"),
            ("heading", "What we ask of you"),
            ("text", "<ul><li>One idea at a time, in your own words.</li><li>Respect for others, members and employees alike.</li><li>Never a card, account or social security number. For your own file, write from the secure messaging.</li></ul>"),
            ("heading", "What becomes of your ideas"),
            ("text", "<p>By posting here you let us use your idea without payment. If it is delivered, your nickname is quoted, unless you would rather not.</p>"),
        ]),
    },
    "moderation": {
        "fr": ("Règles de modération", "moderation", "Ce que nous retirons, pourquoi, et comment contester.", [
            ("text", "<p>Nous retirons les insultes, la publicité, les données personnelles, les contenus illicites et ce qui se fait passer pour la banque. Une critique, même dure, reste en ligne.</p>"),
            ("heading", "Quand nous retirons"),
            ("text", "<p>Vous recevez les faits, la règle, et si une machine y a pris part. Vous avez six mois pour contester ; une autre personne relit.</p>"),
            ("heading", "Signaler"),
            ("text", "<p>Avec ou sans compte, vous pouvez signaler un contenu. Nous accusons réception, puis nous vous disons ce que nous avons décidé.</p>"),
        ]),
        "en": ("Moderation rules", "moderation", "What we remove, why, and how to object.", [
            ("text", "<p>We remove insults, advertising, personal data, illegal content and whatever pretends to be the bank. Criticism, even harsh, stays.</p>"),
            ("heading", "When we remove"),
            ("text", "<p>You receive the facts, the rule, and whether a machine took part. You have six months to object; another person reads it again.</p>"),
            ("heading", "Reporting"),
            ("text", "<p>With or without an account, you can report content. We confirm that we got it, then tell you what we decided.</p>"),
        ]),
    },
    "privacy": {
        "fr": ("Données personnelles", "donnees-personnelles", "Ce que nous gardons, pourquoi, combien de temps, et comment tout reprendre.", [
            ("heading", "Ce que nous gardons"),
            ("text", "<ul><li>Votre adresse e-mail, que personne ne voit.</li><li>Votre surnom, et ce que vous publiez.</li><li>Si vous le dites : client ou non, tranche d’âge, région, situation.</li><li>Vos votes et vos bulletins. Un bulletin n’est pas relié à votre nom.</li></ul>"),
            ("heading", "Pourquoi"),
            ("text", "<p>Pour faire vivre le Lab : l’exécution de la charte que vous acceptez. La lettre mensuelle et les suggestions reposent sur votre accord, que vous retirez quand vous voulez dans « Mes données ».</p>"),
            ("heading", "Combien de temps"),
            ("text", "<p>Tant que votre compte vit. Un compte sans visite pendant deux ans est effacé, après un e-mail qui prévient.</p>"),
            ("heading", "Vos droits"),
            ("text", "<p>Tout télécharger, corriger, effacer : depuis « Mes données », sans nous écrire. Vos votes restent comptés, sans votre nom. Le délégué à la protection des données répond à dpo@banque-du-phare.example. Vous pouvez saisir la CNIL.</p>"),
        ]),
        "en": ("Personal data", "personal-data", "What we keep, why, for how long, and how to take it all back.", [
            ("heading", "What we keep"),
            ("text", "<ul><li>Your e-mail address, which nobody sees.</li><li>Your nickname, and what you post.</li><li>If you say so: customer or not, age band, region, situation.</li><li>Your votes and ballots. A ballot is not tied to your name.</li></ul>"),
            ("heading", "Why"),
            ("text", "<p>To run the Lab, as the charter you accept says. The monthly letter and suggestions rest on your consent, which you withdraw whenever you like under “My data”.</p>"),
            ("heading", "For how long"),
            ("text", "<p>As long as your account lives. An account without a visit for two years is erased, after an e-mail that warns you.</p>"),
            ("heading", "Your rights"),
            ("text", "<p>Download, correct, erase everything: under “My data”, without writing to us. Your votes stay counted, without your name. The data protection officer answers at dpo@banque-du-phare.example. You may turn to the CNIL, the French authority.</p>"),
        ]),
    },
    "legal": {
        "fr": ("Mentions légales", "mentions-legales", "Qui publie ce site, qui l’héberge.", [
            ("text", "<p>Banque du Phare, société fictive de démonstration, 1 quai de la Lanterne, 29200 Brest. Directrice de la publication : Hélène Marzin.</p>"),
            ("text", "<p>Hébergement : la banque, en France. Logiciel libre : Customer Lab, licence BSD.</p>"),
            ("text", "<p>Ce site ne pose que des témoins de connexion nécessaires : votre session, la protection des formulaires et, le temps de vous connecter, ce que vous aviez choisi. Aucun service extérieur n’est appelé.</p>"),
        ]),
        "en": ("Legal notice", "legal-notice", "Who publishes this site, who hosts it.", [
            ("text", "<p>Banque du Phare, a fictional company for demonstration, 1 quai de la Lanterne, 29200 Brest, France. Publisher: Hélène Marzin.</p>"),
            ("text", "<p>Hosting: the bank, in France. Free software: Customer Lab, BSD licence.</p>"),
            ("text", "<p>This site sets only necessary cookies: your session, the protection of forms and, while you sign in, what you had chosen. No outside service is called.</p>"),
        ]),
    },
    "accessibility": {
        "fr": ("Accessibilité : partiellement conforme", "accessibilite", "Où nous en sommes, ce qui manque, et comment nous le dire.", [
            ("text", "<p>La Banque du Phare s’engage à rendre le Lab accessible, selon l’article 47 de la loi du 11 février 2005 et le RGAA 4.1.</p>"),
            ("heading", "État"),
            ("text", "<p>Partiellement conforme. Chaque page est vérifiée par des outils automatiques et au clavier ; ces vérifications ne remplacent pas un audit complet, qui est prévu.</p>"),
            ("heading", "Nous le dire"),
            ("text", "<p>Un obstacle ? Écrivez à accessibilite@banque-du-phare.example, nous répondons en deux jours ouvrés. Sans réponse, vous pouvez saisir le Défenseur des droits.</p>"),
        ]),
        "en": ("Accessibility: partially compliant", "accessibility", "Where we stand, what is missing, and how to tell us.", [
            ("text", "<p>Banque du Phare undertakes to make the Lab accessible, under article 47 of the French law of 11 February 2005 and RGAA 4.1.</p>"),
            ("heading", "Status"),
            ("text", "<p>Partially compliant. Every page is checked by automatic tools and by keyboard; these checks do not replace a full audit, which is planned.</p>"),
            ("heading", "Tell us"),
            ("text", "<p>Something in your way? Write to accessibilite@banque-du-phare.example, we answer within two working days. Without an answer you may turn to the French Défenseur des droits.</p>"),
        ]),
    },
    "contact": {
        "fr": ("Contact", "contact", "La bonne adresse selon ce que vous voulez nous dire.", [
            ("text", "<ul><li>Une question sur le Lab : lab@banque-du-phare.example.</li><li>Votre compte, votre carte, votre dossier : la messagerie sécurisée de votre espace client.</li><li>Carte perdue ou volée : le numéro au dos de votre carte, jour et nuit.</li></ul>"),
        ]),
        "en": ("Contact", "contact", "The right address for what you want to tell us.", [
            ("text", "<ul><li>A question about the Lab: lab@banque-du-phare.example.</li><li>Your account, card or file: the secure messaging of your customer area.</li><li>Card lost or stolen: the number on the back of your card, day and night.</li></ul>"),
        ]),
    },
    "messaging": {
        "fr": ("Messagerie sécurisée", "messagerie-securisee", "Pour tout ce qui touche à vos comptes, à l’abri des regards.", [
            ("text", "<p>Le Lab est public. Dès qu’il s’agit de vous, de votre carte ou de vos opérations, écrivez à votre conseiller depuis l’espace client : vos messages y sont chiffrés et gardés avec votre dossier.</p>"),
        ]),
        "en": ("Secure messaging", "secure-messaging", "For anything about your accounts, away from other eyes.", [
            ("text", "<p>The Lab is public. As soon as it is about you, your card or your transactions, write to your adviser from the customer area: messages there are encrypted and kept with your file.</p>"),
        ]),
    },
    "complaint": {
        "fr": ("Faire une réclamation", "reclamation", "Un mécontentement n’est pas une idée : il a son propre chemin, et des délais que la loi fixe.", [
            ("text", "<ol><li>Écrivez-nous depuis la messagerie sécurisée ou par courrier. Nous accusons réception en dix jours ouvrés au plus.</li><li>Nous répondons en deux mois au plus à partir de votre envoi.</li><li>Si la réponse ne vous convient pas, le médiateur est gratuit et indépendant.</li></ol>"),
        ]),
        "en": ("Make a complaint", "complaint", "A complaint is not an idea: it has a path of its own, and delays that the law sets.", [
            ("text", "<ol><li>Write to us from the secure messaging or by post. We confirm within ten working days.</li><li>We answer within two months of your sending it.</li><li>If the answer does not suit you, the mediator is free and independent.</li></ol>"),
        ]),
    },
    "mediator": {
        "fr": ("Saisir le médiateur", "mediateur", "Gratuit, indépendant, après une réclamation restée sans issue.", [
            ("text", "<p>Médiateur de la Banque du Phare (fictif), 1 quai de la Lanterne, 29200 Brest. Il rend un avis en quatre-vingt-dix jours.</p>"),
        ]),
        "en": ("Ask the mediator", "mediator", "Free, independent, once a complaint has led nowhere.", [
            ("text", "<p>Mediator of Banque du Phare (fictional), 1 quai de la Lanterne, 29200 Brest, France. An opinion is given within ninety days.</p>"),
        ]),
    },
    "report": {
        "fr": ("Signaler un contenu", "signaler", "Un contenu illicite ou blessant ? Dites-le nous, avec ou sans compte.", [
            ("text", "<p>Écrivez à moderation@banque-du-phare.example avec l’adresse de la page, ce qui ne va pas et pourquoi, votre nom et votre e-mail. Nous accusons réception, puis nous vous disons ce que nous avons décidé et comment le contester.</p>"),
        ]),
        "en": ("Report content", "report-content", "Illegal or hurtful content? Tell us, with or without an account.", [
            ("text", "<p>Write to moderation@banque-du-phare.example with the page’s address, what is wrong and why, your name and e-mail. We confirm that we got it, then tell you what we decided and how to object.</p>"),
        ]),
    },
}  # fmt: skip

NEWS = [
    (3, "cheque", "Pierre Kervella, risques", {
        "fr": ("Pourquoi nous n’ouvrirons pas le dépôt de chèque par photo", "depot-cheque-photo", "Vous étiez nombreux à le demander. Nous avons regardé de près, et nous disons non. Voici les chiffres.", [
            ("text", "<p>L’idée est bonne. On reçoit un chèque, on le photographie, il est encaissé. Plus de trajet, plus d’enveloppe.</p>"),
            ("heading", "Ce que nous avons trouvé"),
            ("text", "<p>Un chèque photographié reste un chèque : il peut être photographié une deuxième fois, dans une autre banque. Chez trois banques voisines qui l’ont ouvert, la fraude a triplé en un an.</p>"),
            ("bars", {"caption": "Chèques payés deux fois, pour 10 000 déposés", "bars": [{"label": "Automate", "share": 16, "figure": "0,4"}, {"label": "Guichet", "share": 24, "figure": "0,6"}, {"label": "Photo", "share": 76, "figure": "1,9"}]}),
            ("pull", "Le client qui se fait prendre n’a rien fait de mal. C’est pourtant lui qui attend son argent six semaines."),
            ("heading", "Ce que nous faisons à la place"),
            ("text", "<ul><li>Quarante automates liront les chèques d’ici juin, jour et nuit.</li><li>L’argent sera disponible le lendemain, contre quatre jours aujourd’hui.</li></ul>"),
        ]),
        "en": ("Why we will not open cheque deposits by photo", "cheque-photo-deposit", "Many of you asked for it. We looked closely, and we say no. Here are the figures.", [
            ("text", "<p>It is a good idea. You receive a cheque, take a picture, and it is paid in. No trip, no envelope.</p>"),
            ("heading", "What we found"),
            ("text", "<p>A photographed cheque is still a cheque: it can be photographed again, at another bank. At three neighbouring banks that opened it, fraud tripled within a year.</p>"),
            ("bars", {"caption": "Cheques paid twice, out of 10,000 deposited", "bars": [{"label": "Machine", "share": 16, "figure": "0.4"}, {"label": "Counter", "share": 24, "figure": "0.6"}, {"label": "Photo", "share": 76, "figure": "1.9"}]}),
            ("pull", "The customer who is caught did nothing wrong, and still waits six weeks for the money."),
            ("heading", "What we do instead"),
            ("text", "<ul><li>Forty machines will read cheques by June, day and night.</li><li>The money will be there the next day, against four days today.</li></ul>"),
        ]),
    }),
    (9, "bench", "Claire Le Goff, expérience client", {
        "fr": ("Trois heures avec des testeurs malvoyants", "testeurs-malvoyants", "Yann, Monique et Sofiane ont passé l’appli au crible. Neuf défauts trouvés, six déjà corrigés.", [
            ("text", "<p>Nous leur avons confié un téléphone, un virement à faire et une carte à bloquer. Puis nous nous sommes tus.</p>"),
            ("quote", {"text": "Le bouton « Valider » existe, mais mon lecteur d’écran l’appelle « image 14 ».", "who": "Monique, membre du Lab"}),
            ("heading", "Ce qui change"),
            ("text", "<ul><li>Chaque bouton dit ce qu’il fait.</li><li>Le code de confirmation attend trois minutes, plus trente secondes.</li><li>Les relevés en PDF sont balisés.</li></ul>"),
        ]),
        "en": ("Three hours with visually impaired testers", "visually-impaired-testers", "Yann, Monique and Sofiane went through the app. Nine faults found, six already mended.", [
            ("text", "<p>We gave them a phone, a transfer to make and a card to block. Then we kept quiet.</p>"),
            ("quote", {"text": "There is a “Confirm” button, but my screen reader calls it “image 14”.", "who": "Monique, member of the Lab"}),
            ("heading", "What changes"),
            ("text", "<ul><li>Every button says what it does.</li><li>The confirmation code waits three minutes, no longer thirty seconds.</li><li>PDF statements are tagged.</li></ul>"),
        ]),
    }),
    (45, "", "Hélène Marzin, présidente du comité", {
        "fr": ("Le comité d’automne a rendu ses choix", "comite-automne", "Le compte rendu est en ligne, avec les notes et les raisons de chaque décision.", [
            ("text", "<p>Chacun a noté seul, puis nous avons regardé les écarts ensemble. La demande des membres pèse le plus dans le calcul.</p>"),
            ("text", "<p>Les idées retenues passent en chantier. Les autres ont reçu une réponse, et une raison.</p>"),
        ]),
        "en": ("The autumn board has made its choices", "autumn-board", "The minutes are online, with the scores and the reasons of each decision.", [
            ("text", "<p>Each of us scored alone, then we looked at the differences together. What members ask for weighs most.</p>"),
            ("text", "<p>What was retained is being built. Everything else got an answer, and a reason.</p>"),
        ]),
    }),
    (75, "", "Claire Le Goff, expérience client", {
        "fr": ("L’arrondi vers le livret est dans l’appli", "arrondi-livret", "Demandé par des centaines d’entre vous, essayé par soixante testeurs, livré.", [
            ("text", "<p>À chaque achat, la différence jusqu’à l’euro supérieur part sur votre livret. Vous choisissez le plafond du mois, et vous arrêtez quand vous voulez.</p>"),
            ("text", "<p>Les testeurs ont demandé à voir le total du mois sur l’écran d’accueil : il y est.</p>"),
        ]),
        "en": ("Rounding up into savings is in the app", "rounding-up", "Asked for by hundreds of you, tried by sixty testers, delivered.", [
            ("text", "<p>With each purchase, the difference up to the next euro goes to your savings book. You set the month’s limit, and stop whenever you like.</p>"),
            ("text", "<p>Testers asked to see the month’s total on the home screen: there it is.</p>"),
        ]),
    }),
]  # fmt: skip

# The news that asks a poll: what stands before it, and after.
ASKS = "Arrondir ses achats pour épargner"
ASKING = {
    "fr": ("L’épargne automatique arrive : où iront vos centimes ?", "ou-iront-vos-centimes", "L’arrondi fonctionne. Reste une question que nous ne voulons pas trancher seuls : sa destination. Répondez ici, en un geste.", [
        ("text", "<p>À chaque achat, la différence jusqu’à l’euro supérieur est mise de côté : 12 à 18 € par mois pour la plupart des testeurs. Au lancement, l’appli ne proposera qu’une seule destination. Les deux autres suivront dans l’année.</p>"),
        ("heading", "À vous de choisir la première"),
    ], [
        ("heading", "Ce que nous ferons de la réponse"),
        ("text", "<ul><li>Le sondage se termine à la date indiquée ; le décompte est public, et chacun peut le refaire.</li><li>La décision paraîtra ici, avec ses raisons. Toutes les personnes qui ont voté la recevront.</li></ul>"),
    ]),
    "en": ("Automatic savings are coming: where will your cents go?", "where-will-your-cents-go", "Rounding up works. One question is left that we do not want to settle alone: where the money goes. Answer here, with one tap.", [
        ("text", "<p>With each purchase, the difference up to the next euro is put aside: 12 to 18 euros a month for most testers. At launch the app will offer one place for it. The two others follow within the year.</p>"),
        ("heading", "The first one is yours to choose"),
    ], [
        ("heading", "What we do with the answer"),
        ("text", "<ul><li>The poll ends on the date it shows; its count is public, and anyone can do it again.</li><li>The decision will be published here, with its reasons. Everyone who voted will receive it.</li></ul>"),
    ]),
}  # fmt: skip

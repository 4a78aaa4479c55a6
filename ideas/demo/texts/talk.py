"""What members say under ideas: for each theme, then what can be said under any; and what staff reply."""

COMMENTS = {
    "appli": (
        "Sur ma vieille tablette c’est encore plus flagrant.", "Je l’avais demandé par téléphone l’an dernier, cela fait plaisir de le voir ici.",
        "Pensez aussi à ceux qui ont agrandi les caractères : les boutons se chevauchent.", "Chez mon ancienne banque c’était sur la première page.",
        "À condition que cela reste désactivable, mon mari n’aime pas les nouveautés.", "Je gagnerais deux minutes chaque matin, dans le train.",
        "Et sur la version web aussi, s’il vous plaît. Je fais mes comptes sur grand écran.", "J’ai essayé l’aide, elle parle d’un menu qui n’existe plus.",
        "Un appui long sur la ligne ferait l’affaire, pas besoin d’un nouveau menu.", "Mon fils de seize ans me l’a montré ailleurs, c’est tout bête.",
        "Oui, et que cela marche sans réseau pour ce qui est déjà chargé.", "Je veux bien tester, j’ai un petit téléphone et de gros doigts.",
    ),
    "cartes": (
        "Ma carte est restée dans un distributeur un dimanche, cela m’aurait sauvé la semaine.", "Pour nous, il faudrait pouvoir le faire carte par carte.",
        "Et que se passe-t-il à la pompe à essence, avec la caution de 150 € ?", "Attention aux péages, qui débitent parfois deux jours après.",
        "J’ai failli changer de banque pour cela.", "Avec le paiement sans contact, je n’ouvre même plus mon portefeuille.",
        "Je préfère un bouton dans l’appli à un serveur vocal, mille fois.", "Est-ce que mes abonnements continueraient de passer ?",
        "Ma grand-mère garde son code sur un papier : tout ce qui évite cela est bon.", "Utile aussi pour les cartes de l’association.",
        "Trois oppositions en deux ans, et trois fois elle était sous le siège de la voiture.", "Surtout ne mettez pas cela au fond des réglages.",
    ),
    "compte": (
        "Le 5 du mois, je regarde mon compte quatre fois par jour. Voilà pourquoi.", "Dites aussi combien il manque, pas seulement qu’il manque quelque chose.",
        "Je suis intérimaire, mes dates de paie bougent : il faudrait en tenir compte.", "Avec deux comptes joints on s’y perd, mettez les prénoms.",
        "J’ai payé 96 € de commissions l’an dernier. Une alerte m’aurait coûté moins cher, à vous aussi.", "Un SMS pour ceux qui n’ont pas l’appli, merci de ne pas nous oublier.",
        "Mon tableur le fait depuis 2014, mais personne d’autre ne le comprend.", "Ce serait bien de pouvoir choisir le seuil soi-même.",
        "Je soutiens, à condition de ne pas recevoir dix messages par jour.", "Pour le compte de ma mère, sous curatelle, ce serait précieux.",
        "Le calendrier des prélèvements existe déjà sur le site, mais personne ne le trouve.", "On pourrait aussi proposer de virer depuis le livret, d’un seul geste.",
    ),
    "securite": (
        "L’appel affichait le vrai numéro de la banque. J’y ai cru dix minutes.", "Mes parents ont 80 ans : pensez à eux en premier.",
        "D’accord, tant que l’urgence reste possible quand on est sûr de soi.", "Un collègue y a laissé 4 000 € en un quart d’heure.",
        "Le plus utile serait de pouvoir raccrocher et rappeler, sans refaire la queue.", "Je ne clique plus sur rien, même quand c’est vrai. C’est vous qui y perdez.",
        "Et si l’on perd aussi son téléphone ?", "J’aimerais recevoir cela par courrier pour ma mère, elle le collera sur le frigo.",
    ),
    "epargne": (
        "J’ai commencé comme cela à vingt ans, et j’ai payé mon permis.", "Peut-on choisir de s’arrêter quand le livret est plein ?",
        "Pour mes enfants, la jauge compte plus que le taux.", "Je veux voir ce que cela fait au bout d’un an avant de dire oui.",
        "40 centimes par-ci par-là, on ne les sent pas passer, c’est vrai.", "Attention à ne pas vider le compte courant de ceux qui sont justes.",
        "Et vers l’assurance vie, ce serait possible ?", "Nous l’avons fait à la main pendant un an, avec un bocal : 310 €.",
        "Sans frais cachés, j’espère. Dites-le dès la première ligne.", "Le plafond de mon livret est atteint, pensez à un deuxième choix.",
    ),
    "credit": (
        "Dans la fonction publique, la paie tombe le 27 : mon prêt part le 25. Même combat.", "Trois jours de décalage, douze fois par an, c’est trente-six jours de stress.",
        "Mon courtier m’avait promis que ce serait possible. Il ne l’a pas écrit.", "Le conseiller l’a fait pour moi, mais il a fallu un avenant payant.",
        "Montrez le coût total avant et après, c’est tout ce que je demande.", "J’ai refusé une offre parce que je ne comprenais pas l’assurance.",
        "Pour les intermittents, c’est toute l’année comme cela.", "Une simulation qui garde mes chiffres d’une fois sur l’autre, déjà.",
    ),
    "assurance": (
        "J’ai découvert après coup que j’avais deux fois la même garantie.", "Les photos, oui, mais gardez une personne au bout du fil pour les gros sinistres.",
        "Le délai m’importe plus que le canal : dites-moi quand vous répondez.", "Un exemple concret par garantie vaudrait mieux que dix définitions.",
        "Mon propriétaire refuse les captures d’écran, il veut un vrai document.", "Je roule peu et je paie beaucoup, cela m’intéresse.",
    ),
    "etranger": (
        "À Tokyo, le marchand m’a demandé si je voulais payer en euros. J’ai dit oui. J’ai eu tort.", "Même souci pendant mon année Erasmus à Gand.",
        "Un forfait de quinze jours me suffirait, je ne pars pas plus.", "La ligne coupée à l’étranger, c’est le grand classique.",
        "Mettez le taux et l’heure du taux, comme à la gare.", "Je passe par une autre appli pour mes parents. J’aimerais tout garder ici.",
    ),
    "agence": (
        "Ma conseillère est formidable, c’est la joindre qui est difficile.", "Je veux bien attendre trois jours si je sais quand c’est.",
        "Chez le dentiste on y arrive, pourquoi pas ici ?", "Gardez le téléphone pour les anciens, tout le monde n’a pas Internet.",
        "Notre agence ferme le lundi depuis des mois, l’affiche dit encore le mercredi.", "Un rappel la veille éviterait bien des rendez-vous manqués.",
        "Je voudrais aussi dire de quoi il s’agit, pour ne pas repartir avec une liste de papiers.", "Dans notre vallée, c’est à une heure de route.",
        "Le mardi matin il n’y a personne : dites-le, nous viendrons.", "Pouvoir annuler en un clic, sans se justifier.",
    ),
    "pro": (
        "Mon comptable applaudit des deux mains.", "Avec la TVA à 10 et à 20, il faut deux colonnes.",
        "Chez nous, c’est ma femme qui tient les comptes, le soir. Elle vous dira merci.", "Et pour les micro-entreprises sans TVA, une version courte ?",
        "Le format qu’attend mon logiciel n’est pas le CSV, pensez aux autres.", "Je perds une demi-journée par mois là-dessus.",
        "Trois terminaux, trois contrats, trois factures : oui, mille fois oui.", "Attention aux droits d’accès quand un salarié s’en va.",
    ),
    "jeunes": (
        "Mon fils a treize ans et demande la permission pour tout. Ce serait parfait.", "À dix-sept ans, je veux voir mes dépenses sans que mes parents voient chaque ligne.",
        "Nous sommes parents séparés : il faut que les deux puissent régler.", "Un plafond par semaine, pas par mois : à quinze ans, un mois c’est une éternité.",
        "Apprendre avec son propre argent, c’est mieux qu’un cours.", "Et pour ceux qui n’ont pas de téléphone ?",
        "J’ai eu mon premier découvert à 18 ans et trois jours.", "Bloquez les jeux d’argent, le reste se discute en famille.",
        "Ma fille met ses étrennes de côté depuis qu’elle voit la jauge.", "Laissez-nous choisir l’âge, tous les enfants sont différents.",
    ),
    "acces": (
        "J’utilise une loupe d’écran : merci de tester aussi avec cela.", "Aveugle depuis l’enfance, j’attends cela depuis dix ans.",
        "Ce qui aide les malvoyants aide tout le monde en plein soleil.", "Je peux venir essayer à Rennes si vous organisez quelque chose.",
        "Ma mère n’osera pas le demander : proposez-le.", "Le gris clair sur blanc, c’est joli et illisible.",
    ),
    "asso": (
        "Trésorier bénévole depuis quatre ans, je signe.", "Nous avons mis neuf semaines pour changer de présidente.",
        "Dans notre club de rando, personne ne veut plus être trésorier à cause de cela.", "Une attestation pour la mairie au passage, ce serait complet.",
        "Les petites associations n’ont pas de service financier, pensez simple.", "On pourrait commencer par celles de moins de 50 adhérents.",
    ),
    "vert": (
        "Un chiffre par an me suffit, pas une notification par achat.", "Je préfère qu’on me montre ce que fait la banque avant ce que je fais, moi.",
        "Notre syndic a abandonné devant la paperasse.", "Je rapporte mes piles, je rapporterai mes cartes.",
    ),
}  # fmt: skip
ANY = (
    "Je n’y avais jamais pensé, et maintenant je ne vois plus que cela.", "Soutenu. J’ajouterais seulement : gratuit.",
    "Nous en avons parlé à table hier, toute la famille est pour.", "Pas encore cliente, mais c’est le genre de détail qui décide.",
    "Bonne idée, mais commencez petit et demandez-nous ce qu’on en pense.", "Je préférerais qu’on répare d’abord ce qui existe.",
    "Cela m’est arrivé la semaine dernière, presque mot pour mot.", "Est-ce que ce serait aussi pour les comptes ouverts en agence ?",
    "Je vote pour, même si je m’en servirais deux fois par an.", "Merci de l’avoir écrit si clairement.",
    "Mon voisin a demandé la même chose au guichet, on lui a ri au nez.", "À essayer avec des personnes âgées avant de le sortir.",
    "Tant que cela ne fait pas une page de plus à lire.", "Je veux bien en parler au téléphone avec l’équipe si c’est utile.",
    "Je ne suis pas d’accord : cela compliquerait les choses pour ceux à qui tout va bien.", "Une date, même lointaine, ferait plaisir.",
    "Je travaille dans l’informatique : ce n’est pas si simple, mais c’est faisable.", "Voilà deux ans que j’attends, j’ai de la patience.",
    "Et pour les clients d’outre-mer, avec le décalage horaire ?", "C’est exactement ce qui m’a fait ouvrir un second compte ailleurs.",
    "Ne l’imposez à personne et tout ira bien.", "J’ai partagé l’idée dans mon groupe de quartier.",
    "Quelqu’un sait-il comment font les banques belges ?", "Simple, utile, pas cher : que demander de plus.",
    "Je signe pour mon père, qui n’a pas d’ordinateur.", "J’aimerais voir un dessin avant de me prononcer.",
    "Ce n’est pas ma priorité, mais je comprends que ce soit celle d’autres.", "Attention à la vie privée, expliquez bien qui voit quoi.",
    "Bravo pour le Lab, on sent qu’on nous lit.", "J’aurais mis une limite de montant, par prudence.",
)  # fmt: skip
OFFICIAL = (
    "Merci pour cet exemple, nous l’avons ajouté au dossier.", "C’est noté mot pour mot : cela nous aide à choisir par où commencer.",
    "Nous en parlons jeudi avec l’équipe, je reviens vous dire ce qu’il en est.", "Merci de le dire ainsi. Nous avions sous-estimé ce point.",
    "Bien reçu : nous vérifions, et la réponse viendra ici même.", "Merci à vous. Si un essai s’ouvre, il sera annoncé à la page des bêta-tests.",
)  # fmt: skip
REPLIES = {  # what staff answer to these very words
    "Est-ce que ce serait aussi pour les comptes ouverts en agence ?": "Bonne question : oui, les comptes ouverts en agence sont compris.",
    "Et pour les clients d’outre-mer, avec le décalage horaire ?": "Pas encore possible outre-mer, et nous ne voulons pas vous faire "
    "attendre sans le dire.",
    "J’ai essayé l’aide, elle parle d’un menu qui n’existe plus.": "Vous avez raison, l’aide est fausse. Elle est corrigée depuis ce matin.",
    "Soutenu. J’ajouterais seulement : gratuit.": "Ce serait sans frais, nous l’écrirons dès la première ligne.",
    "Attention à la vie privée, expliquez bien qui voit quoi.": "Vous avez raison : rien ne sortira sans une page qui dit qui voit quoi.",
}  # fmt: skip

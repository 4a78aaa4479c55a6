"""What the bank answers: letters written for one idea, and the reasons of moves, which are public."""

# title → the letter's text
LETTERS = {
    "Bloquer ma carte quelques heures depuis l’appli, puis la remettre en service":
        "Bonjour Maëlle,\n\nVous étiez nombreux à demander une pause. **Nous la construisons.** La carte se bloque et se rallume depuis l’appli, sans appel et sans frais.\n\nDeux choses changent par rapport à votre idée. Les abonnements passent toujours, comme vous le vouliez. En revanche, nous vous écrivons au bout de 24 heures et non de deux jours : au-delà, la loi vous protège moins bien.",
    "Arrondir ses achats, remplir son livret":
        "Bonjour,\n\n**C’est fait.** Vous choisissez l’arrondi à l’euro ou aux deux euros, et vous l’arrêtez quand vous voulez. Il se met en pause tout seul sous 50 € de solde : c’est vous qui nous l’avez demandé dans les commentaires.",
    "Changer mon plafond sans appeler":
        "Bonjour,\n\n**Le plafond se règle désormais dans l’appli**, pour un jour ou pour toujours, jusqu’à la limite de votre contrat. Le changement est immédiat. Merci à ceux qui l’ont essayé les premiers.",
    "Lire mes relevés avec un lecteur d’écran":
        "Bonjour,\n\n**C’est fait.** Chaque relevé est un vrai texte, avec un tableau balisé et la langue indiquée. Trois membres malvoyants nous ont montré neuf défauts : six sont corrigés, les trois autres le seront bientôt.",
    "Un RIB prêt à partager":
        "Bonjour,\n\n**Le bouton « partager » est sur la page de chaque compte.** Il donne un PDF, ou le texte à coller. Vous nous avez fait enlever deux écrans : merci.",
    "Dépôt de chèque par photo":
        "Bonjour,\n\nVous avez été nombreux, et nous disons non. La fraude a triplé chez ceux qui l’ont ouvert, et ce sont les clients qui attendent leur argent. **Nous préparons autre chose** : une enveloppe prépayée, suivie, avec l’argent sur le compte le jour où elle arrive.",
    "Prévenir avant un découvert, pas après":
        "Bonjour,\n\n**Le comité l’a retenue.** Le message partira la veille à 18 h, avec ce qui manque et un bouton pour virer depuis un livret. Nous commençons par les comptes individuels ; les comptes joints suivront.",
    "La tirelire partagée":
        "Bonjour,\n\n**Elle est ouverte.** Jusqu’à vingt personnes, clientes ou non, un objectif et une date. Chacun voit ce qui manque, et personne ne voit qui a mis combien, sauf à le vouloir.",
    "Des horaires d’agence qui préviennent des fermetures":
        "Bonjour,\n\n**L’appli et la porte disent maintenant la même chose.** Les fermetures exceptionnelles y sont affichées cinq jours avant, et nous vous écrivons si vous aviez rendez-vous.",
    "Ouverture le samedi partout":
        "Bonjour,\n\nNous ne le ferons pas partout : les agences seraient fermées le mercredi, et ce jour-là vous êtes plus nombreux. **Quarante agences ouvrent déjà le samedi matin**, la carte est sur notre site.",
    "Un numéro à appeler quand un faux conseiller me téléphone":
        "Bonjour,\n\n**Le numéro existe désormais**, jour et nuit, sans menu à touches. Raccrochez, appelez-nous : nous vous disons en une minute si l’appel venait de nous.",
    "Carte en bois":
        "Bonjour,\n\nElle est belle, nous l’avons tenue en main. Mais elle dure trois ans au lieu de cinq et vient de loin. **Nous préférons le plastique recyclé**, qui arrive sur toutes nos cartes l’an prochain.",
    "Compte joint à trois":
        "Bonjour,\n\nLe droit le permet, notre système non, et le changer coûterait deux ans. **Ce que nous pouvons faire maintenant** : trois procurations en une seule signature, et les mêmes alertes pour chacun.",
    "Le prêt entre générations":
        "Bonjour,\n\nC’est une belle idée et elle demande un agrément que nous n’avons pas. **Nous avons mis en ligne un modèle de contrat** entre proches, relu par un notaire, et le calcul du taux.",
}  # fmt: skip
REASONS = {
    "under_review": (
        "Nous regardons avec l’équipe concernée ce que cela change, et pour combien d’entre vous.",
        "La demande est claire. Nous vérifions ce que la réglementation permet.", "Deux conseillères vont l’essayer avec des clients en agence.",
        "Nous mesurons combien de personnes rencontrent cette difficulté chaque mois.", "Nos experts cherchent comment le faire sans ajouter d’étape.",
        "Nous avons besoin de trois semaines pour chiffrer le travail.",
    ),
    "candidate": (
        "La demande est forte et l’effort raisonnable : nous la présentons au comité.", "Réunie avec des idées voisines, elle passe devant le prochain comité.",
        "Les essais en agence sont bons : au comité de dire quand.", "Le coût est chiffré. Le comité la comparera aux autres sujets du trimestre.",
    ),
    "planned": (
        "Retenue par le comité : une équipe commence au prochain trimestre.", "Le comité l’a classée parmi ses premiers choix.",
        "Retenue, avec une première version simple que nous vous ferons essayer.",
    ),
    "in_beta": (
        "Une première version est entre les mains de membres volontaires.", "L’essai est ouvert : quatre missions, trois semaines.",
    ),
    "delivered": (
        "C’est en ligne pour tout le monde. Merci à celles et ceux qui l’ont demandé.", "Livrée avec la mise à jour du mois. Dites-nous si quelque chose accroche.",
        "C’est fait, et vos remarques pendant l’essai y sont pour beaucoup.",
    ),
    "declined": (
        "Nous ne le ferons pas : le risque de fraude est trop grand pour le service rendu.", "Trop peu de personnes s’en serviraient pour ce que cela coûterait à toutes.",
        "La loi ne nous le permet pas aujourd’hui. Si elle change, nous rouvrirons l’idée.", "D’autres sujets passent devant, et nous préférons le dire que vous faire attendre.",
        "Un service public le fait déjà mieux que nous ne le ferions.",
    ),
}  # fmt: skip
# the duplicate's title → the title of the idea that stays, and the public reason
MERGED = {
    "Mettre ma carte en pause le temps de la retrouver": (
        "Bloquer ma carte quelques heures depuis l’appli, puis la remettre en service",
        "C’est la même demande : réunies, vos voix comptent ensemble.",
    ),
    "Alerte la veille d’un découvert": (
        "Prévenir avant un découvert, pas après",
        "Vous demandiez la même chose à quelques mots près. Vos soutiens sont comptés avec les siens.",
    ),
    "Arrondi vers le Livret A": (
        "Arrondir ses achats, remplir son livret",
        "Cette idée était déjà en route : la vôtre la rejoint, avec tous ses soutiens.",
    ),
}

# the title of a delivered idea → what was delivered, in a sentence
DELIVERED = {
    "Arrondir ses achats, remplir son livret": "L’arrondi automatique vers le Livret A est dans l’appli. Vous choisissez le plafond du mois.",
    "Changer mon plafond sans appeler": "Le plafond de la carte se change dans l’appli, et tient compte tout de suite.",
    "Un RIB prêt à partager": "Le bouton est sur l’écran d’accueil, et le RIB part en PDF.",
    "Un numéro à appeler quand un faux conseiller me téléphone": "Un numéro court, jour et nuit, au dos de la carte et dans l’appli. On décroche en deux minutes.",
    "Lire mes relevés avec un lecteur d’écran": "Tous les relevés PDF sont balisés, les plus anciens sur demande.",
    "La tirelire partagée": "À plusieurs, avec ou sans compte chez nous : un lien suffit pour participer.",
    "Voir mon code sans attendre la lettre": "Le code s’affiche dans l’appli, après votre empreinte.",
    "Dire le prix en euros avant de payer en devises": "L’appli calcule le prix en euros, frais compris, avant l’achat.",
    "Un solde qui compte ce qui va passer": "Le grand chiffre tient compte des achats de la veille et des prélèvements du lendemain.",
    "Des horaires d’agence qui préviennent des fermetures": "Un message prévient de chaque fermeture, trois jours avant, pour l’agence que vous suivez.",
    "Ne plus redonner les papiers que vous avez déjà": "La demande de prêt ne réclame plus que ce qui manque.",
    "Encaisser avec mon téléphone": "Un téléphone récent suffit pour encaisser une carte, sans boîtier.",
    "Revenir là où j’étais quand l’appli se rouvre": "L’appli rouvre sur l’écran quitté, pendant dix minutes.",
    "Déclarer un dégât des eaux avec des photos": "Trois photos et deux phrases suffisent pour ouvrir le dossier.",
    "Ne plus recevoir de papier par défaut": "Le papier est devenu un choix, et non plus la règle.",
    "Retirer de l’épargne un dimanche": "Du livret au compte courant, l’argent arrive dans l’instant, tous les jours.",
    "Retrouver mes documents sans changer de site": "Relevés, contrats et attestations sont dans l’appli, avec le même code.",
    "Expliquer les frais avec des mots de tous les jours": "Chaque ligne de frais s’ouvre sur une phrase simple, et sur le moyen de l’éviter.",
    "Annuler un virement dans l’heure": "Un virement classique s’annule pendant une heure, d’un bouton.",
    "Relevés en gros caractères": "Une version en corps 16, à demander une fois, dans l’appli ou en agence.",
    "Me rendre l’argent d’abord, enquêter ensuite": "Jusqu’à 500 €, vous êtes remboursé sous un jour ouvré, et l’enquête suit.",
    "Un tableau d’amortissement que je comprends": "Un dessin montre ce qui part en intérêts et ce qui rembourse, mois par mois.",
    "Répondre par écrit plutôt que de rappeler": "Vous choisissez : un message, ou un appel à l’heure qui vous va.",
    "Un message quand un commerçant me rembourse": "Une notification part dès que le remboursement arrive sur la carte.",
    "Des virements groupés pour les salaires": "Un fichier ou une liste, et une seule signature.",
    "Prévenir d’un voyage sans appeler l’agence": "Deux dates et un pays à cocher : la carte ne se bloque plus.",
    "Recevoir des dons par carte sur un stand": "Un code à scanner, trois montants, et l’argent sur le compte de l’association le lendemain.",
}  # fmt: skip

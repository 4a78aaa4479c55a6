"""The themes: slug, icon, French and English names and descriptions."""

from ..models import Category

THEMES = (
    ("appli", "phone", "Appli mobile", "Mobile app", "Ce que l’on fait du bout du pouce", "What one does with a thumb"),
    ("cartes", "passkey", "Cartes", "Cards", "Payer, bloquer, plafonner, remplacer", "Paying, blocking, limits, replacing"),
    ("compte", "poll", "Compte et budget", "Account and budget", "Alertes, soldes, virements, relevés", "Alerts, balances, transfers"),
    ("epargne", "plus", "Épargne", "Savings", "Livrets, projets, placements", "Savings accounts, projects, investments"),
    ("credit", "home", "Crédit", "Loans", "Logement, études, travaux", "Homes, studies, renovation"),
    ("agence", "members", "Agence et conseillers", "Branches and advisers", "Se voir, s’appeler, s’écrire", "Meeting, calling, writing"),
    ("pro", "book", "Professionnels", "Professionals", "Encaisser, facturer, déclarer", "Cashing in, invoicing, declaring"),
    ("jeunes", "praise", "Jeunes et familles", "Young people and families", "Premiers comptes, argent de poche", "First accounts, pocket money"),
    ("acces", "idea", "Accessibilité", "Accessibility", "Voir, entendre, comprendre, entrer", "Seeing, hearing, understanding, entering"),
    ("securite", "shield", "Sécurité", "Safety", "Fraudes, codes, personnes de confiance", "Fraud, codes, trusted people"),
    ("assurance", "official", "Assurances", "Insurance", "Habitation, auto, voyages", "Home, car, travel"),
    ("etranger", "roadmap", "À l’étranger", "Abroad", "Voyages, études, envois d’argent", "Travel, studies, sending money"),
    ("asso", "share", "Associations", "Associations", "Comptes à plusieurs, dons, bénévoles", "Shared accounts, gifts, volunteers"),
    ("vert", "theme", "Banque responsable", "Responsible banking", "Papier, rénovation, financements", "Paper, renovation, what we finance"),
)  # fmt: skip


def load_themes(accounts: dict) -> dict[str, Category]:
    """Made once; the product owner answers for them, the expert for cards."""
    made = {}
    for position, (slug, icon, name_fr, name_en, description_fr, description_en) in enumerate(THEMES):
        made[slug], _new = Category.objects.get_or_create(
            slug=slug,
            defaults={
                "icon": icon, "name_fr": name_fr, "name_en": name_en, "description_fr": description_fr,
                "description_en": description_en, "position": position,
                "owner": accounts.get("expert" if slug == "cartes" else "produit"),
            },
        )  # fmt: skip
    return made

#include "api/privacy/register_sheet.hpp"

#include "api/people/ids.hpp"
#include "api/people/person.hpp"
#include "api/privacy/keep_retention.hpp"
#include "api/privacy/retention_rules.hpp"
#include "api/privacy/retention_store.hpp"
#include "api/store/session.hpp"

#include <string>
#include <string_view>

namespace creneau::privacy {

namespace {

/// The words of one language.
struct Words {
    std::string_view title, who, office, treatments, head, months, usual, activity, fixed,
        recipients, recipients_text, rights, rights_text, safety, safety_text;
};

constexpr Words kFrench{
    "# Registre des traitements : ",
    "## Responsable",
    "Service",
    "## Traitements et durées",
    "| Finalité | Données | Conservation | Décision |\n| --- | --- | --- | --- |\n",
    " mois",
    "durée usuelle",
    "Journal des décisions : numéros et codes",
    "| Protection contre les essais de mots de passe | Échecs de connexion : empreintes de comptes "
    "et d’adresses | 1 jour | durée fixe |\n"
    "| Prêt de salles et statistiques | Réservations : salle, créneau, suite donnée, venue "
    "constatée "
    "à la porte | avec le compte, puis sans nom | durée fixe |\n"
    "| Demandes envoyées deux fois | Réponse déjà donnée, sous la clé du navigateur | 1 jour | "
    "durée fixe |\n"
    "| Fonctionnement et sécurité du serveur | Journal de nginx : adresse du client, heure, chemin "
    "court | 14 jours | logrotate du serveur |\n"
    "| Fonctionnement et sécurité du serveur | Journal du système : adresse du client, numéro de "
    "la "
    "personne | 14 jours conseillés | journald du serveur |\n",
    "## Destinataires",
    "- Le service ci-dessus et les agents habilités, selon leur rôle et leur site.\n"
    "- Les services abonnés : salle, créneau et association, jamais le nom d’un particulier.\n"
    "- Les associations, pour leurs propres réservations, membres et laissez-passer ; la commune "
    "ne\n"
    "  voit pas qui tient un laissez-passer.\n"
    "- Aucun transfert hors de l’Union européenne, aucune décision entièrement automatisée.\n",
    "## Droits",
    "- Accès et copie : `GET /api/v1/me/export`, ou auprès du service (deux personnes le "
    "confirment).\n"
    "- Rectification : auprès du service. Limitation et effacement : auprès de la protection des\n"
    "  données ; un effacement vaut aussi pour les sauvegardes restaurées.\n"
    "- Réclamation : CNIL, 3 place de Fontenoy, 75007 Paris.\n",
    "## Sécurité",
    "- Comptes personnels, rôles et étendues, journal en chaîne, lectures du journal notées.\n"
    "- Purge chaque nuit, notée au journal (`data_purged`).\n"};

constexpr Words kEnglish{
    "# Record of processing: ",
    "## Controller",
    "Office",
    "## Processing and periods",
    "| Purpose | Data | Kept for | Decision |\n| --- | --- | --- | --- |\n",
    " months",
    "usual period",
    "Log of decisions: ids and codes",
    "| Protection against guessed passwords | Failed sign-ins: digests of accounts and addresses | "
    "1 day | fixed |\n"
    "| Lending of rooms and statistics | Bookings: room, slot, what became of them, whether "
    "somebody "
    "came | with the account, then without a name | fixed |\n"
    "| Requests that are sent twice | The answer that was given, under the browser's key | 1 day | "
    "fixed |\n"
    "| Running and securing the server | nginx's log: client's address, time, short path | 14 days "
    "| logrotate of the server |\n"
    "| Running and securing the server | The system's journal: client's address, number of the "
    "person | 14 days are advised | journald of the server |\n",
    "## Recipients",
    "- The office above and entitled staff, by role and site.\n"
    "- Subscribed services: room, slot and association, never the name of an individual.\n"
    "- Associations, of their own bookings, members and passes; the town does not see who holds a\n"
    "  pass.\n"
    "- No transfer outside the European Union, no decision by a machine alone.\n",
    "## Rights",
    "- Access and copy: `GET /api/v1/me/export`, or the office (two people confirm it).\n"
    "- Rectification: the office. Restriction and erasure: data protection; an erasure holds for\n"
    "  restored backups, too.\n"
    "- Complaint: CNIL, 3 place de Fontenoy, 75007 Paris, France.\n",
    "## Security",
    "- Personal accounts, roles and scopes, a chained log, readings of the log are logged.\n"
    "- A purge each night, which the log notes (`data_purged`).\n"};

/// What a cell of a table may hold.
std::string cell(std::string_view text) {
    std::string safe;
    for (const char byte : text) {
        if (byte == '|') {
            safe += '\\';
        }
        safe += byte == '\n' ? ' ' : byte;
    }
    return safe;
}

void add_row(std::string& sheet, std::string_view purpose, std::string_view what,
             const std::string& kept, std::string_view decision) {
    for (const std::string_view one : {purpose, what, std::string_view(kept), decision}) {
        sheet += "| ";
        sheet += cell(one);
        sheet += ' ';
    }
    sheet += "|\n";
}

}  // namespace

std::string register_sheet(store::Session& session, people::TownId town, people::Locale locale) {
    const bool in_french = locale == people::Locale::fr;
    const Words& words = in_french ? kFrench : kEnglish;
    const auto settings = select_town_settings(session, town);
    std::string sheet(words.title);
    sheet.append(settings.name).append("\n\n").append(words.who).append("\n\n");
    for (const std::string& line :
         {settings.name, settings.service, settings.email, settings.phone}) {
        sheet.append("- ").append(cell(line)).append("\n");
    }
    sheet.append("\n").append(words.treatments).append("\n\n").append(words.head);
    for (const Period& period : list_periods(session, town)) {
        add_row(sheet, in_french ? period.kind->purpose_fr : period.kind->purpose_en,
                in_french ? period.kind->what_fr : period.kind->what_en,
                std::to_string(period.months).append(words.months),
                period.decision.empty() ? words.usual : std::string_view(period.decision));
    }
    add_row(
        sheet, words.office, words.activity,
        std::to_string(settings.audit_months).append(words.months),
        settings.audit_decision.empty() ? words.usual : std::string_view(settings.audit_decision));
    sheet.append(words.fixed);
    for (const auto part : {words.recipients, words.rights, words.safety}) {
        sheet.append("\n").append(part).append("\n\n");
        sheet.append(part == words.recipients ? words.recipients_text
                     : part == words.rights   ? words.rights_text
                                              : words.safety_text);
    }
    return sheet;
}

}  // namespace creneau::privacy

#include "api/people/organisations/record_rules.hpp"

#include "api/people/blank_text.hpp"
#include "api/people/organisations/organisation_error.hpp"
#include "api/people/organisations/organisation_types.hpp"
#include "api/people/people_store.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace creneau::people {

namespace {

FieldFault name_missing() {
    return {"name", "name_missing", "Indiquez le nom.", "Give the name."};
}

FieldFault bad_email() {
    return {"email", "bad_email", "Une adresse est attendue : nom@exemple.fr.",
            "An address is expected: name@example.org."};
}

FieldFault bad_phone() {
    return {"phone", "bad_phone", "Un numéro est attendu : 01 48 12 34 56.",
            "A number is expected: 01 48 12 34 56."};
}

bool is_phone(std::string_view phone) {
    constexpr std::string_view kOfNumbers = "0123456789 +.()-/";
    return phone.find_first_not_of(kOfNumbers) == std::string_view::npos;
}

void check_contacts(const std::string& name, const std::string& email, const std::string& phone,
                    std::vector<FieldFault>& faults) {
    if (name.empty() || shows_nothing(name)) {
        faults.push_back(name_missing());
    }
    if (!email.empty() && !is_address(email)) {
        faults.push_back(bad_email());
    }
    if (!is_phone(phone)) {
        faults.push_back(bad_phone());
    }
}

void check_dates(const std::string& from, const std::string& until,
                 std::vector<FieldFault>& faults) {
    if (!until.empty() && until < from) {
        faults.push_back({"until_date", "end_before_start",
                          "Le dernier jour ne peut pas être avant le premier.",
                          "The last day cannot be before the first."});
    }
}

template <class Value>
void take(Value& value, const std::optional<Value>& edit) {
    if (edit) {
        value = *edit;
    }
}

}  // namespace

bool is_address(std::string_view email) {
    const auto at = email.find('@');
    if (at == std::string_view::npos || at == 0 || email.find('@', at + 1) != email.npos) {
        return false;
    }
    const auto domain = email.substr(at + 1);
    const auto dot = domain.rfind('.');
    const bool plain = std::ranges::none_of(email, [](char byte) {
        const auto code = static_cast<unsigned char>(byte);
        constexpr std::string_view kNever = "<>()[],;:\\\"";
        return code <= 0x20 || code >= 0x7F || kNever.find(byte) != std::string_view::npos;
    });
    return plain && dot != std::string_view::npos && dot > 0 && dot + 1 < domain.size() &&
           domain.find("..") == std::string_view::npos;
}

bool is_key(std::string_view text) {
    return !text.empty() && std::ranges::all_of(text, [](char byte) {
        return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
               (byte >= '0' && byte <= '9') || byte == '-' || byte == '_';
    });
}

std::vector<FieldFault> faults_in(const AssociationRecord& record) {
    std::vector<FieldFault> faults;
    check_contacts(record.name, record.email, record.phone, faults);
    return faults;
}

std::vector<FieldFault> faults_in(const PersonRecord& record) {
    std::vector<FieldFault> faults;
    check_contacts(record.name, record.email, record.phone, faults);
    if (record.locale != "fr" && record.locale != "en") {
        faults.push_back({"locale", "unknown_word", "Attendu : fr ou en.", "Expected: fr or en."});
    }
    return faults;
}

std::vector<FieldFault> faults_in(const Member& member) {
    std::vector<FieldFault> faults;
    check_contacts(member.name, member.email, {}, faults);
    return faults;
}

std::vector<FieldFault> faults_in(const StaffRecord& record) {
    std::vector<FieldFault> faults;
    check_dates(record.from_date, record.until_date, faults);
    if (record.line_manager == record.person) {
        faults.push_back({"line_manager_id", "own_manager",
                          "Choisissez une autre personne comme responsable.",
                          "Choose somebody else as line manager."});
    }
    return faults;
}

std::vector<FieldFault> faults_in(const Duty& duty) {
    std::vector<FieldFault> faults;
    check_dates(duty.from_date, duty.until_date, faults);
    return faults;
}

AssociationRecord edited(AssociationRecord record, const AssociationEdit& edit) {
    take(record.name, edit.name);
    take(record.address, edit.address);
    take(record.declaration, edit.declaration);
    take(record.email, edit.email);
    take(record.phone, edit.phone);
    take(record.groups, edit.groups);
    take(record.enabled, edit.enabled);
    std::ranges::sort(record.groups);
    const auto doubled = std::ranges::unique(record.groups);
    record.groups.erase(doubled.begin(), doubled.end());
    return record;
}

PersonRecord edited(PersonRecord record, const PersonEdit& edit) {
    take(record.name, edit.name);
    take(record.locale, edit.locale);
    take(record.phone, edit.phone);
    take(record.postal_address, edit.postal_address);
    take(record.enabled, edit.enabled);
    if (edit.email) {
        record.email = canonical_email(*edit.email);
    }
    return record;
}

FieldFault last_administrator() {
    return {"", "last_administrator",
            "Aucun autre administrateur ne serait là : nommez-en un d'abord.",
            "No other administrator would be there: appoint one first."};
}

}  // namespace creneau::people

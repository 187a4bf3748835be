#include "api/booking/booking_rules.hpp"

#include "api/booking/booking_error.hpp"
#include "api/booking/booking_types.hpp"
#include "api/booking/grounds.hpp"
#include "api/booking/local_time.hpp"
#include "api/people/blank_text.hpp"

#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace creneau::booking {

namespace {

bool is_control(unsigned char byte) {
    return (byte < 0x20 && byte != '\n') || byte == 0x7F;
}

/// Bytes of the UTF-8 sequence that `lead` opens, 0 when none does.
std::size_t sequence_length(unsigned char lead) {
    if (lead < 0x80) {
        return is_control(lead) ? 0 : 1;
    }
    if (lead < 0xC2) {
        return 0;
    }
    if (lead < 0xE0) {
        return 2;
    }
    if (lead < 0xF0) {
        return 3;
    }
    return lead < 0xF5 ? 4 : 0;
}

/// Whether `second` may follow `lead`: no overlong form, no surrogate, nothing past U+10FFFF.
bool may_follow(unsigned char lead, unsigned char second) {
    const unsigned char low = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
    const unsigned char high = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
    return low <= second && second <= high;
}

bool is_sequence(std::string_view bytes) {
    const auto byte = [bytes](std::size_t at) { return static_cast<unsigned char>(bytes[at]); };
    if (bytes.size() > 1 && !may_follow(byte(0), byte(1))) {
        return false;
    }
    for (std::size_t at = 2; at < bytes.size(); ++at) {
        if ((byte(at) & 0xC0U) != 0x80U) {
            return false;
        }
    }
    return true;
}

/// The number of characters of a text, or nothing when it is not UTF-8 or holds control characters
/// other than line feeds.
std::optional<std::size_t> characters_of(std::string_view text) {
    std::size_t characters = 0;
    while (!text.empty()) {
        const std::size_t length = sequence_length(static_cast<unsigned char>(text.front()));
        if (length == 0 || length > text.size() || !is_sequence(text.substr(0, length))) {
            return std::nullopt;
        }
        text.remove_prefix(length);
        ++characters;
    }
    return characters;
}

Failure failure_of(TimeError error) {
    switch (error) {
        case TimeError::bad_start:
            return {Rule::bad_date_time,
                    "start",
                    {"Attendu : date et heure du site, AAAA-MM-JJTHH:MM, entre 2000 et 2099.",
                     "Expected: local date and time, YYYY-MM-DDTHH:MM, between 2000 and 2099."}};
        case TimeError::bad_end:
            return {Rule::bad_date_time,
                    "end",
                    {"Attendu : date et heure du site, AAAA-MM-JJTHH:MM, entre 2000 et 2099.",
                     "Expected: local date and time, YYYY-MM-DDTHH:MM, between 2000 and 2099."}};
        case TimeError::end_before_start:
            return {Rule::end_before_start,
                    "end",
                    {"La fin doit être après le début.", "The end must be after the start."}};
        case TimeError::no_such_time:
            return {Rule::no_such_time,
                    "end",
                    {"Le changement d'heure ne laisse rien de ce créneau : choisissez une fin plus "
                     "tardive.",
                     "The clock change leaves nothing of this slot: choose a later end."}};
    }
    std::abort();
}

std::vector<Failure> check_text(std::string_view text, const char* field) {
    const auto characters = characters_of(text);
    if (!characters) {
        return {{Rule::bad_text,
                 field,
                 {"Attendu : un texte UTF-8 sans caractère de contrôle.",
                  "Expected: UTF-8 text without control characters."}}};
    }
    if (*characters > kLongestGroundText) {
        const std::string most = std::to_string(kLongestGroundText);
        return {{Rule::text_too_long,
                 field,
                 {"Au plus " + most + " caractères.", "At most " + most + " characters."}}};
    }
    return {};
}

}  // namespace

Failure unknown_room() {
    return {Rule::unknown_room,
            "room_id",
            {"Cette salle n'existe pas : choisissez-en une de la ville.",
             "There is no such room: choose one of the town."}};
}

std::vector<Failure> check_booker(const BookerFacts& booker) {
    if (!booker.known) {
        return {{Rule::unknown_booker,
                 "booker_id",
                 {"Cette personne n'a pas de compte actif : choisissez-en une qui en a un.",
                  "This person has no active account: choose one who has."}}};
    }
    if (booker.for_association && !booker.manages_association) {
        return {{Rule::not_a_manager,
                 "association_id",
                 {"Seule une personne qui gère cette association peut réserver pour elle.",
                  "Only a manager of this association may book for it."}}};
    }
    if (!booker.for_association && !booker.may_book) {
        return {{Rule::may_not_book,
                 "booker_id",
                 {"Ce compte n'a pas le droit de réserver : demandez-le au service.",
                  "This account may not book: ask the office for it."}}};
    }
    return {};
}

std::vector<Failure> check_attendees(std::int64_t attendees) {
    if (attendees >= 1) {
        return {};
    }
    return {{Rule::too_few_attendees,
             "attendees",
             {"Indiquez au moins une personne.", "Say at least one person."}}};
}

std::vector<Failure> check_purpose(std::string_view purpose) {
    const auto characters = characters_of(purpose);
    if (!characters) {
        return {{Rule::bad_text,
                 "purpose",
                 {"Attendu : un texte UTF-8 sans caractère de contrôle.",
                  "Expected: UTF-8 text without control characters."}}};
    }
    if (people::shows_nothing(purpose)) {
        return {{Rule::purpose_missing,
                 "purpose",
                 {"Indiquez l'objet de la réservation.", "Say what the booking is for."}}};
    }
    if (*characters > kLongestPurpose) {
        const std::string most = std::to_string(kLongestPurpose);
        return {{Rule::purpose_too_long,
                 "purpose",
                 {"Au plus " + most + " caractères.", "At most " + most + " characters."}}};
    }
    return {};
}

std::vector<Failure> check_slot(const tl::expected<Slot, TimeError>& slot,
                                std::chrono::sys_seconds now) {
    if (!slot) {
        return {failure_of(slot.error())};
    }
    std::vector<Failure> failures;
    if (slot->at.start < now) {
        failures.push_back({Rule::in_the_past,
                            "start",
                            {"Le début est déjà passé : choisissez-en un à venir.",
                             "The start is already past: choose one to come."}});
    }
    if (slot->at.end - slot->at.start > kLongestBooking) {
        const std::string most = std::to_string(kLongestBooking.count());
        failures.push_back(
            {Rule::too_long, "end", {"Au plus " + most + " jours.", "At most " + most + " days."}});
    }
    return failures;
}

std::vector<Failure> check_reason(std::string_view reason) {
    return check_text(reason, "override_reason");
}

std::vector<Failure> check_ground(std::span<const Ground> list, const GroundChoice& choice) {
    std::vector<Failure> failures;
    const Ground* ground = find_ground(list, choice.code);
    if (ground != nullptr && ground->office_only && !choice.by_office) {
        failures.push_back({Rule::unknown_ground,
                            std::string(choice.ground_field),
                            {"Ce motif est réservé au service : indiquez booker_request ou other.",
                             "This ground is for the office alone: say booker_request or other."}});
    } else if (ground == nullptr) {
        failures.push_back(
            {Rule::unknown_ground,
             std::string(choice.ground_field),
             {"Ce motif n'est pas dans la liste : choisissez-en un (GET /api/v1/grounds).",
              "This ground is not on the list: choose one (GET /api/v1/grounds)."}});
    }
    const auto about_text = check_text(choice.text, "text");
    failures.insert(failures.end(), about_text.begin(), about_text.end());
    if (about_text.empty() && ground != nullptr && ground->text_needed &&
        people::shows_nothing(choice.text)) {
        failures.push_back({Rule::text_needed,
                            "text",
                            {"Ce motif demande une explication : écrivez-la.",
                             "This ground needs an explanation: write one."}});
    }
    return failures;
}

Failure room_taken() {
    return {Rule::room_taken,
            "start",
            {"La salle est déjà prise sur ce créneau : choisissez-en un autre.",
             "The room is already taken at that time: choose another."}};
}

Status status_after_move(const MoveFacts& move) {
    const bool stays_approved =
        move.before == Status::approved && (move.by_office || move.asks_no_more);
    return stays_approved || !move.approval_needed ? Status::approved : Status::pending;
}

Interval window_of(const Room& room, const Interval& slot) {
    return {slot.start - room.margin_before, slot.end + room.margin_after};
}

}  // namespace creneau::booking

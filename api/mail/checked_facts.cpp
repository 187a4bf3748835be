#include "api/mail/checked_facts.hpp"

#include "api/mail/facts.hpp"

#include <optional>
#include <string_view>

#include <tl/expected.hpp>

namespace creneau::mail {
namespace {

bool is_about_series(Template name) {
    switch (name) {
        case Template::series_received:
        case Template::series_approved:
        case Template::series_refused:
        case Template::series_cancelled:
        case Template::series_moved:
        case Template::series_retimed:
        case Template::series_closure:
            return true;
        case Template::booking_received:
        case Template::booking_approved:
        case Template::booking_refused:
        case Template::booking_cancelled:
        case Template::booking_moved:
        case Template::booking_released:
        case Template::booking_retimed:
        case Template::booking_closure:
        case Template::wait_joined:
        case Template::wait_ended:
        case Template::hold_placed:
        case Template::wait_offered:
        case Template::hold_withdrawn:
        case Template::hold_expired:
        case Template::offer_lapsed:
        case Template::pass_ready:
        case Template::round_result:
        case Template::round_wish:
        case Template::booking_reminder:
        case Template::paper_expiring:
        case Template::pass_handed:
        case Template::news:
        case Template::account_invitation:
        case Template::account_password_reset:
        case Template::account_sign_in_code:
        case Template::account_password_set:
        case Template::account_second_factor_on:
        case Template::account_second_factor_reset:
        case Template::account_recovery_code_used:
        case Template::account_address_changed:
        case Template::account_managers_changed:
        case Template::account_rights_watched:
        case Template::account_unused:
        case Template::staff_movement:
        case Template::site_lockdown:
        case Template::door_alarm:
            return false;
    }
    return false;
}

bool is_about_closure(Template name) {
    return name == Template::booking_closure || name == Template::series_closure;
}

bool is_about_hold(Template name) {
    return name == Template::hold_placed || name == Template::wait_offered ||
           name == Template::hold_withdrawn || name == Template::hold_expired ||
           name == Template::offer_lapsed;
}

/// A place in a line that lasts has a number, one that ended a reason.
std::optional<FactsError> missing_for_wait(Template name, const BookingFacts& facts) {
    if (name != Template::wait_joined && name != Template::wait_ended) {
        return std::nullopt;
    }
    if (!facts.wait) {
        return FactsError{"wait", "a mail about the waiting list needs it"};
    }
    if (name == Template::wait_joined && facts.wait->place < 1) {
        return FactsError{"wait/place", "a place from 1 on is expected"};
    }
    if (name == Template::wait_ended && facts.wait->why.empty()) {
        return FactsError{"wait/why", "a reason is expected"};
    }
    return std::nullopt;
}

/// What a mail that carries or announces a code has to be able to say about it.
std::optional<FactsError> missing_for_pass(const BookingFacts& facts) {
    if (!facts.pass_number) {
        return FactsError{"pass_number", "a mail with a code needs it"};
    }
    if (facts.window_start_local.empty()) {
        return FactsError{"window_start_local", "a mail with a code needs it"};
    }
    return std::nullopt;
}

/// What the template needs and the facts do not have.
std::optional<FactsError> missing_for(Template name, const BookingFacts& facts) {
    if (is_about_series(name) && !facts.series) {
        return FactsError{"series", "a mail about a series needs it"};
    }
    if (is_about_closure(name) && !facts.closure) {
        return FactsError{"closure", "a mail about a closure needs it"};
    }
    if (is_about_hold(name) && !facts.hold) {
        return FactsError{"hold", "a mail about a hold needs it"};
    }
    return missing_for_wait(name, facts);
}

}  // namespace

tl::expected<BookingFacts, FactsError> checked_facts(Template name, std::string_view json,
                                                     Carries carries) {
    auto facts = parse_facts(json);
    if (!facts) {
        return facts;
    }
    if (const auto missing = missing_for(name, *facts)) {
        return tl::unexpected(*missing);
    }
    if (const auto missing = missing_for_pass(*facts); carries == Carries::code && missing) {
        return tl::unexpected(*missing);
    }
    return facts;
}

}  // namespace creneau::mail

#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace creneau::mail {

/// The mails that exist. The word is the enumerator's name, as the outbox stores it.
enum class Template : std::uint8_t {
    booking_received,
    booking_approved,
    booking_refused,
    booking_cancelled,
    booking_moved,
    booking_released,  ///< nobody came: the rest of the slot is given back
    series_received,   ///< one acknowledgement for all dates of a series
    series_approved,
    series_refused,
    series_cancelled,
    series_moved,
    booking_retimed,   ///< the time zone changed its clocks: same local times, other instants
    series_retimed,    ///< the same of dates of a series
    booking_closure,   ///< the room closes, the booking stays
    series_closure,    ///< the same of dates of a series
    wait_joined,       ///< the reader is on the waiting list for a slot
    wait_ended,        ///< and no more: it began, or somebody else gave their place up
    hold_placed,       ///< the office keeps a slot for the reader
    wait_offered,      ///< a slot that the reader waits for is free
    hold_withdrawn,    ///< it is kept no longer
    hold_expired,      ///< a slot that the office kept is kept no longer: no answer came
    offer_lapsed,      ///< a slot that was the reader's turn is kept no longer: no answer came
    pass_ready,        ///< the code of an approved booking, when it could not go with the approval
    booking_reminder,  ///< the slot is near; with its code, or what is missing for it
    round_result,      ///< an association's wishes in a yearly round (round_facts.hpp)
    paper_expiring,    ///< the last day of a paper is near or over (paper_facts.hpp)
    pass_handed,       ///< an association's pass, to the member who holds it
    news,              ///< what became of bookings, to a subscribed service (news_facts.hpp)
    account_invitation,  ///< the code with which somebody opens their account (account_facts.hpp)
    account_password_reset,
    account_sign_in_code,
    account_password_set,  ///< it was changed; no code
    account_second_factor_on,
    account_second_factor_reset,  ///< by an administrator: it is set up anew
    account_recovery_code_used,
    account_address_changed,   ///< to the address that was theirs
    account_managers_changed,  ///< of an association, by the office
    account_rights_watched,    ///< somebody got a role that four eyes rest on, or a way in to one
    account_unused,            ///< nobody uses it: it is going to be erased
    staff_movement,            ///< somebody of the staff comes or goes (movement_facts.hpp)
    site_lockdown,             ///< a site is locked down, or no longer (lockdown_facts.hpp)
    door_alarm,                ///< alarms, to a subscribed service (alarm_facts.hpp)
    round_wish,  ///< a wish of a yearly round arrived, changed or was withdrawn (round_facts.hpp)
};

[[nodiscard]] std::string_view word_of(Template name);
[[nodiscard]] std::optional<Template> template_of(std::string_view word);

/// About somebody's account and not about a booking.
[[nodiscard]] bool is_about_account(Template name);

/// Whether the mail says how to get in: the others need no doors and no ways in among their facts.
[[nodiscard]] bool tells_the_way_in(Template name);

/// Whether it says how to get in on the dates of a series, whose codes come in mails of their own.
[[nodiscard]] bool tells_the_way_into_series(Template name);

}  // namespace creneau::mail

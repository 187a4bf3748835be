#pragma once

#include "api/mail/legal_facts.hpp"
#include "api/mail/template_words.hpp"  // IWYU pragma: export
#include "api/mail/wait_facts.hpp"      // IWYU pragma: export

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <tl/expected.hpp>

namespace creneau::mail {

/// One way into the room on the day: "qr", "badge", "key" or "staff", and what to know about it.
struct WayIn {
    std::string way;
    std::string note_fr;
    std::string note_en;
};

/// Whom to call about a site when something is wrong there, and when.
struct SiteHelp {
    std::string site;
    std::string contact;
    std::string hours;
};

/// Where and when a moved booking was before. Local times: "2026-12-05T18:30".
struct FormerSlot {
    std::string room;
    std::string local_start;
    std::string local_end;
};

/// What a room is closed for, and when in local time: "2026-12-05T18:30".
struct ClosureFacts {
    std::string kind_fr;
    std::string kind_en;
    std::string reason;
    std::string local_start;
    std::string local_end;
};

/// A slot kept for the reader, and until when in local time.
struct HoldFacts {
    std::int64_t hold_id = 0;
    std::string until;
    std::vector<HeldThing> equipment = {};  ///< optional; kept with it
};

/// One date of a series that did not make it. `reasons` are places in SeriesFacts::reasons.
struct MissedSlot {
    std::string local_start;
    std::string local_end;
    std::vector<std::size_t> reasons;
};

/// A sentence in both languages.
struct Words {
    std::string fr;
    std::string en;

    friend bool operator==(const Words&, const Words&) = default;
};

/// A paper that has to be accepted before a code is given.
struct MissingPaper {
    Words name;
    std::string from;  ///< local date from which it is missing; empty: from the first date on
};

/// The dates that a mail about a series is about. 400 dates and 20 reasons fit the 64 KiB of facts.
struct SeriesFacts {
    std::int64_t series_id = 0;
    std::vector<std::pair<std::string, std::string>> dates;  ///< local start and end of each
    std::vector<MissedSlot> missed;
    std::vector<Words> reasons;
};

/// What a mail about a booking says: a copy made in the transaction that changed the booking, so
/// that the mail tells what was decided. Holds no address of the reader and nothing of a code.
struct BookingFacts {
    std::int64_t booking_id = 0;
    std::string room;
    std::string site;
    std::string site_address;
    std::string local_start;  ///< "2026-12-05T18:30" in the site's zone
    std::string local_end;
    std::string time_zone;
    std::int64_t start_at = 0;  ///< Unix seconds
    std::int64_t end_at = 0;
    std::string window_start_local;  ///< when the doors let people in; "" without an access window
    std::string window_end_local;
    std::string status = "approved";  ///< optional; "pending" when a move needs a new approval
    std::string purpose;
    std::int64_t attendees = 0;
    std::string association;  ///< "" for an individual
    std::string booker;
    std::string asked_by;  ///< optional; the service that asked for the booker, "" when it did not
    std::vector<std::string> doors;  ///< names, from the street to the room
    std::vector<WayIn> ways_in;
    std::string ground;       ///< code of the list, refusals and cancellations
    std::string ground_fr;    ///< the list's words for it; optional
    std::string ground_en;    ///< optional
    std::string ground_text;  ///< what the office wrote
    std::string help_contact;
    std::string help_hours;
    std::string town;
    std::string service;
    std::string town_email;
    std::string town_phone;
    std::string received_on;  ///< local date "2026-11-21"
    std::int64_t sequence = 0;
    std::optional<std::int64_t> pass_number;   ///< only with a credential
    std::optional<FormerSlot> previous;        ///< only for booking_moved
    std::vector<MissingPaper> missing_papers;  ///< optional
    std::optional<ClosureFacts> closure;       ///< only for booking_closure and series_closure
    std::optional<HoldFacts> hold;    ///< only for mails about a hold; booking_id is then 0
    std::optional<WaitFacts> wait;    ///< only for wait_joined and wait_ended; the same
    std::optional<LegalFacts> legal;  ///< of requests received or changed, and of refusals
    /// Only for mails about a series; the other facts are then those of its first date.
    std::optional<SeriesFacts> series;
};

/// Which fact is missing or wrong; `detail` never repeats the value.
struct FactsError {
    std::string field;
    std::string detail;
};

/// The JSON object the outbox stores.
[[nodiscard]] std::string to_json(const BookingFacts& facts);

/// Reads what to_json wrote. Refuses more than 64 KiB, a missing or mistyped fact, and local times
/// that are not dates. Facts it does not know are ignored.
[[nodiscard]] tl::expected<BookingFacts, FactsError> parse_facts(std::string_view json);

}  // namespace creneau::mail

#pragma once

#include "api/mail/series_calendar.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace creneau::mail {

/// A mail to send, as a use case queues it in its own transaction.
struct NewMail {
    std::int64_t town_id = 0;
    std::string template_word;  ///< word_of(Template)
    std::int64_t person_id = 0;
    std::optional<std::int64_t> booking_id;
    std::optional<std::int64_t> credential_id;   ///< whose code the mail carries
    std::optional<std::int64_t> series_id = {};  ///< about the series, not about one booking
    std::string facts;                           ///< to_json(BookingFacts) or (NewsFacts)
    /// The mail goes to its address; `person_id` is then who subscribed the service.
    std::optional<std::int64_t> subscription_id = {};
    /// The mail goes to the association's own address; `person_id` is then who had it written.
    std::optional<std::int64_t> association_id = {};
    std::optional<std::int64_t> round_id = {};  ///< about a yearly round, not about one booking
    std::optional<std::int64_t> room_id = {};   ///< about a slot there that is no booking
    /// The mail goes there and to nobody else; the address is kept beside the row only until the
    /// mail has left or is given up. `person_id` is then who had it sent.
    std::optional<std::string> passing_address = {};
    std::optional<std::chrono::sys_seconds> due;  ///< later than now: it counts as created then
    /// When what it tells of begins, or until when its reader may answer; none: no matter when.
    std::optional<std::chrono::sys_seconds> needed_by = {};
    std::chrono::sys_seconds now;
};

/// Queues a mail, due at once unless `due` says later; answers the row's id. Throws what the
/// database throws.
std::int64_t add_to_outbox(store::Session& session, const NewMail& mail);

/// A row claimed by a worker, joined with what the mail needs at the moment it leaves.
struct ClaimedMail {
    std::int64_t id = 0;
    std::string template_word;
    std::optional<std::int64_t> booking_id;
    std::optional<std::int64_t> credential_id;
    std::optional<std::int64_t> series_id;  ///< which it is about, or whose date
    std::string facts;
    std::chrono::sys_seconds created_at;
    std::int64_t attempts = 0;  ///< this one included
    std::string to_address;
    bool has_email = true;  ///< false: it becomes a letter
    std::string to_name;
    std::string locale;  ///< "fr" or "en"
    std::string town_key;
    std::string token;                  ///< of its Message-ID; empty in rows older than tokens
    std::chrono::minutes pass_ahead{};  ///< before the slot, a code that did not go with its news
    bool credential_revoked = false;
    bool unsubscribed = false;  ///< the service no longer wants it
    /// A later move or cancellation of the same booking is queued or sent; of a reminder: the
    /// booking is no longer what it recalls.
    bool overtaken = false;
    /// That series as it stands now, for the calendar file; claim_due_mail() leaves it empty.
    std::vector<SeriesCalendar> series;
};

/// Is a row of the town due? Reads only.
[[nodiscard]] bool has_due_mail(store::Session& session, std::int64_t town_id,
                                std::chrono::sys_seconds now);

/// Takes the oldest due row of the town for this worker: counts the attempt and moves next_try_at
/// to `lease_end`, so that no other worker takes it before. Call it inside a write.
[[nodiscard]] std::optional<ClaimedMail> claim_due_mail(store::Session& session,
                                                        std::int64_t town_id,
                                                        std::chrono::sys_seconds now,
                                                        std::chrono::sys_seconds lease_end);

/// Makes due again the rows whose sending was cut by the end of the process. Only for an engine
/// that serves one process: elsewhere the lease runs out by itself.
void release_interrupted(store::Session& session, std::int64_t town_id,
                         std::chrono::sys_seconds now);

enum class MailEnd : std::uint8_t { sent, dead, superseded, letter };

/// Closes a row and forgets its passing address; false when it was closed already. `error` is a
/// short reason without address ("" when sent).
bool close_mail(store::Session& session, std::int64_t id, MailEnd end, std::chrono::sys_seconds now,
                const std::string& error);

/// Queues the code that the mail `id` went without: a pass_ready with the same reader, booking,
/// credential and facts. It counts as created when it is due, so that its patience begins there.
/// Nothing when one is waiting already.
void add_pass_mail(store::Session& session, std::int64_t id, std::chrono::sys_seconds due);

/// Keeps a row waiting until `next_try`.
void postpone_mail(store::Session& session, std::int64_t id, std::chrono::sys_seconds next_try,
                   const std::string& error);

}  // namespace creneau::mail

#pragma once

#include "api/access/passes.hpp"
#include "api/booking/affair.hpp"
#include "api/booking/booking_types.hpp"
#include "api/mail/facts.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace creneau::booking {

// What a change to a booking writes besides the booking itself, in the same transaction.

/// What an approved booking gives access to, its margins included; nothing in a room without zone.
[[nodiscard]] std::optional<access::Grant> grant_of(const Affair& affair);

/// Whether a pass would open the whole way from the street.
[[nodiscard]] bool qr_opens(store::Session& session, const Affair& affair,
                            const access::Grant& grant);

/// Whether papers that the room requires are missing.
[[nodiscard]] bool lacks_papers(store::Session& session, const Affair& affair);

/// Gives the approved booking its access window and, where every door reads QR, its pass; neither
/// while papers are missing. The one place that decides it.
[[nodiscard]] std::optional<access::Pass> open_doors(store::Session& session, const Affair& affair);

/// The same once the last paper came: of several passes only those get a code that wait for one.
[[nodiscard]] std::optional<access::Pass> open_held_back(store::Session& session,
                                                         const Affair& affair);

/// Takes window and living credentials away.
void close_doors(store::Session& session, const Affair& affair, access::RevokeReason why);

/// Where a moved booking was before.
struct Former {
    RoomId room_id{};
    std::string_view room;
    const Slot& slot;
};

/// What the booker is told.
struct Notice {
    mail::Template name = mail::Template::booking_received;
    std::optional<access::Pass> pass;  ///< whose code the mail carries
    std::optional<Former> former;
    std::optional<mail::SeriesFacts> series = {};      ///< about these dates, not about one booking
    std::optional<std::chrono::sys_seconds> due = {};  ///< not before then
    std::vector<mail::MissingPaper> missing_papers = {};  ///< with `series`: over its dates
    bool to_services = true;  ///< false: of the booking itself nothing changed
    std::optional<mail::ClosureFacts> closure = {};  ///< what the room is closed for
    std::optional<mail::HoldFacts> hold = {};        ///< about a hold: there is no booking yet
    std::optional<mail::WaitFacts> wait = {};        ///< about a place in a line: the same
    /// Until when its reader may answer; none: until the slot begins.
    std::optional<std::chrono::sys_seconds> answer_by = {};
};
/// Who reads what is said about it: the booker, or for an association one of its managers of today,
/// the booker first. None: nobody manages it.
[[nodiscard]] std::optional<PersonId> reader_of(store::Session& session, const Affair& affair);

/// Tells the booker and, of a single booking, the services that are told at once.
void tell_booker(store::Session& session, const Affair& affair, const Notice& notice);

/// Mails the code of an association's pass to the member who is to hold it. Neither the row nor the
/// facts keep the address, and no list of messages shows the mail. Answers the outbox row.
std::int64_t mail_to_holder(store::Session& session, const Affair& affair, const access::Pass& pass,
                            const std::string& address);

/// Writes the audit line of what the affair's actor did; for whom, when that is somebody else.
void record(store::Session& session, const Affair& affair, std::string_view action);

/// Writes the audit line of an override, where the booking breaks a soft rule, and keeps its
/// reason. Nothing without a reason.
void record_override(store::Session& session, const Affair& affair, std::string_view reason);

/// Writes the audit line of what followed by itself.
void record_by_itself(store::Session& session, const Affair& affair, std::string_view action);

}  // namespace creneau::booking

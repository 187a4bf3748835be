#include "api/http/booking_details.hpp"

#include "api/booking/attendance/attendance.hpp"
#include "api/booking/booking_rights.hpp"
#include "api/booking/booking_types.hpp"
#include "api/booking/delegations/delegation_store.hpp"
#include "api/booking/delegations/delegation_types.hpp"
#include "api/booking/equipment/equipment_store.hpp"
#include "api/booking/history_store.hpp"
#include "api/booking/papers/missing_papers.hpp"
#include "api/booking/papers/paper_store.hpp"
#include "api/booking/papers/paper_types.hpp"
#include "api/booking/reason_store.hpp"
#include "api/booking/view_store.hpp"
#include "api/http/booking_answers.hpp"
#include "api/http/conditional.hpp"
#include "api/http/equipment_answers.hpp"
#include "api/http/paper_answers.hpp"
#include "api/http/time_text.hpp"
#include "api/people/person.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace creneau::http {

namespace {

/// Of what is over or given up nothing is missing any more.
std::vector<booking::PaperKind> missing_of(store::Session& session, booking::TownId town,
                                           const booking::Booking& booking) {
    if (booking.status != booking::Status::pending && booking.status != booking::Status::approved) {
        return {};
    }
    return booking::missing_papers(session, town, booking,
                                   booking::required_papers(session, town, booking.room));
}

nlohmann::json named(const std::optional<booking::NamedPerson>& person) {
    return person ? nlohmann::json{{"id", static_cast<std::int64_t>(person->id)},
                                   {"name", person->name}}
                  : nlohmann::json(nullptr);
}

nlohmann::json to_json(const std::vector<booking::HistoryLine>& history) {
    auto items = nlohmann::json::array();
    for (const auto& line : history) {
        items.push_back({{"at", to_rfc3339(line.at)},
                         {"action", line.action},
                         {"by", named(line.by)},
                         {"for", named(line.for_whom)},
                         {"ground", line.ground}});
    }
    return items;
}

nlohmann::json to_json(const std::vector<booking::KeptReason>& overrides) {
    auto items = nlohmann::json::array();
    for (const auto& kept : overrides) {
        items.push_back(
            {{"at", to_rfc3339(kept.at)},
             {"by", kept.by ? nlohmann::json{{"id", static_cast<std::int64_t>(*kept.by)},
                                             {"name", kept.by_name}}
                            : nlohmann::json(nullptr)},
             {"reason", kept.reason}});
    }
    return items;
}

}  // namespace

nlohmann::json details_of(store::Session& session, booking::TownId town,
                          const people::Person& reader, const booking::BookingView& view,
                          std::chrono::sys_seconds now) {
    auto json = to_json(view);
    json["equipment"] = to_json(booking::equipment_lines(session, town, view.booking.id));
    json["missing_papers"] = to_json(missing_of(session, town, view.booking));
    // Of what nobody has decided there is nothing to read.
    const auto decided = view.booking.decided_by
                             ? booking::decided_by(session, town, view.booking.id)
                             : booking::DecidedBy{};
    json["decided_by"] = named(decided.by);
    json["decided_for"] = named(decided.in_place_of);
    json["requested_by"] = named(booking::requester_of(session, town, view.booking));
    json["attendance"] = booking::word_of(booking::attendance_of(session, town, view.booking, now));
    json["history"] = to_json(booking::history_of(session, town, view.booking.id));
    if (booking::is_office(reader, view.booking.room)) {
        json["overrides"] = to_json(booking::overrides_of(session, town, view.booking.id));
    }
    return json;
}

std::string etag_of(const booking::BookingView& view, const nlohmann::json& details) {
    const auto version = etag_of_version(view.booking.sequence);
    const auto& missing = details.at("missing_papers");
    const auto& attendance = details.at("attendance");
    return missing.empty() && attendance == "unknown"
               ? version
               : etag_of_bytes(version + missing.dump() + attendance.dump());
}

}  // namespace creneau::http

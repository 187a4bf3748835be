#include "api/http/claim_answers.hpp"

#include "api/booking/holds/hold_types.hpp"
#include "api/booking/local_time.hpp"
#include "api/booking/waiting/wait_types.hpp"
#include "api/http/booking_answers.hpp"
#include "api/http/time_text.hpp"

#include <cstdint>
#include <optional>

namespace creneau::http {

namespace {

template <class Id>
nlohmann::json or_null(const std::optional<Id>& id) {
    return id ? nlohmann::json(static_cast<std::int64_t>(*id)) : nlohmann::json(nullptr);
}

/// What holds and waits have in common: the claim, and the names a screen shows.
template <class Claiming>
nlohmann::json claim_of(const Claiming& one) {
    const booking::Claim& claim = one.claim;
    auto json = to_json(claim.slot);
    json["id"] = static_cast<std::int64_t>(one.id);
    json["status"] = booking::word_of(one.status);
    json["room_id"] = static_cast<std::int64_t>(claim.room);
    json["room_name"] = one.room_name;
    json["time_zone"] = one.time_zone;
    json["association_id"] = or_null(claim.association);
    json["association_name"] = one.association_name;
    json["booker_id"] = static_cast<std::int64_t>(claim.booker);
    json["booker_name"] = one.booker_name;
    json["requested_by_id"] = static_cast<std::int64_t>(claim.requested_by);
    json["attendees"] = claim.attendees;
    json["purpose"] = claim.purpose;
    json["layout"] = claim.layout;
    return json;
}

}  // namespace

nlohmann::json to_json(const booking::Hold& hold) {
    auto json = claim_of(hold);
    json["expires_at"] = to_rfc3339(hold.expires_at);
    json["until"] = booking::local_time_of(hold.expires_at, hold.time_zone);
    json["placed_at"] = to_rfc3339(hold.placed_at);
    json["wait_id"] = or_null(hold.wait);
    return json;
}

nlohmann::json to_json(const booking::Wait& wait) {
    auto json = claim_of(wait);
    json["asked_at"] = to_rfc3339(wait.asked_at);
    json["ahead"] = wait.ahead;
    json["hold_id"] = or_null(wait.hold);
    return json;
}

}  // namespace creneau::http

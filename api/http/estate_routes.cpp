#include "api/http/estate_routes.hpp"

#include "api/booking/booking_rights.hpp"
#include "api/booking/booking_types.hpp"
#include "api/booking/closures/closure_store.hpp"
#include "api/booking/closures/closure_types.hpp"
#include "api/booking/estate_store.hpp"
#include "api/booking/holds/hold_store.hpp"
#include "api/booking/occupancy_store.hpp"
#include "api/booking/room_rules_store.hpp"
#include "api/booking/schedule.hpp"
#include "api/booking/view_store.hpp"
#include "api/http/booking_answers.hpp"
#include "api/http/conditional.hpp"
#include "api/http/fields.hpp"
#include "api/http/problem.hpp"
#include "api/http/request.hpp"
#include "api/http/response.hpp"
#include "api/http/routes.hpp"
#include "api/http/rules_answers.hpp"
#include "api/http/time_text.hpp"
#include "api/people/person.hpp"
#include "api/store/session.hpp"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace creneau::http {

namespace {

constexpr IntegerRange kId{1, std::numeric_limits<std::int64_t>::max()};
constexpr std::chrono::days kLongestRange{92};

nlohmann::json item_of(const booking::Site& site) {
    return {{"id", static_cast<std::int64_t>(site.id)},
            {"key", site.key},
            {"name", site.name},
            {"address", site.address},
            {"time_zone", site.time_zone}};
}

nlohmann::json item_of(const booking::Room& room) {
    return {{"id", static_cast<std::int64_t>(room.id)},
            {"site_id", static_cast<std::int64_t>(room.site)},
            {"key", room.key},
            {"name", room.name},
            {"capacity", room.capacity},
            {"approval_needed", room.approval_needed},
            {"individuals_may_book", room.individuals_may_book},
            {"time_zone", room.time_zone}};
}

nlohmann::json item_of(const booking::Space& space) {
    return {{"id", static_cast<std::int64_t>(space.id)},
            {"site_id", static_cast<std::int64_t>(space.site)},
            {"key", space.key},
            {"name", space.name}};
}

template <class Items>
Response list_response(const Request& request, const Items& all) {
    auto items = nlohmann::json::array();
    for (const auto& one : all) {
        items.push_back(item_of(one));
    }
    auto response = json_response(200, {{"items", std::move(items)}});
    const auto etag = etag_of_bytes(response.body);
    return with_etag(request, std::move(response), etag);
}

/// `from` and `to` of the query; what is wrong with them is left in `fields`.
booking::Interval range_in(Fields& fields) {
    const booking::Interval range{fields.instant("from"), fields.instant("to")};
    if (range.end <= range.start) {
        fields.refuse("to", "end_before_start",
                      {"La fin doit être après le début.", "The end must be after the start."});
    } else if (range.end - range.start > kLongestRange) {
        fields.refuse("to", "too_long", {"Au plus 92 jours.", "At most 92 days."});
    }
    return range;
}

nlohmann::json items_of(const std::vector<booking::Interval>& intervals, const std::string& zone) {
    auto items = nlohmann::json::array();
    for (const auto& interval : intervals) {
        items.push_back(to_json(interval, zone));
    }
    return items;
}

/// What closes a space of the room within the range, told to everybody.
nlohmann::json closures_of(const Request& request, store::Session& session,
                           const booking::Room& room, const booking::Interval& range) {
    auto entries = nlohmann::json::array();
    for (const auto& closure :
         booking::select_closures(session, request.town, {range, {}, room.id})) {
        auto entry = to_json(closure.slot);
        entry["kind"] = "closure";
        entry["closure_kind"] = booking::word_of(closure.kind);
        entry["reason"] = closure.reason;
        entries.push_back(std::move(entry));
    }
    return entries;
}

Response sites(const Request& request, store::Session& session) {
    return list_response(request, booking::list_sites(session, request.town));
}

Response spaces(const Request& request, store::Session& session) {
    return list_response(request, booking::list_spaces(session, request.town));
}

Response rooms(const Request& request, store::Session& session) {
    auto fields = Fields::of_query(request);
    const auto site = fields.optional_integer("site", kId);
    if (!fields.ok()) {
        return fields.problem();
    }
    return list_response(
        request, booking::list_rooms(session, request.town,
                                     site ? std::optional(booking::SiteId{*site}) : std::nullopt));
}

Response room(const Request& request, store::Session& session) {
    const auto found =
        booking::find_room(session, request.town, booking::RoomId{request.number("id")});
    if (!found) {
        return not_found(request);
    }
    auto item = item_of(*found);
    item["rules"] = to_json(booking::load_rules(session, request.town, found->id));
    return json_response(200, std::move(item));
}

Response availability(const Request& request, store::Session& session) {
    auto fields = Fields::of_query(request);
    const auto range = range_in(fields);
    if (!fields.ok()) {
        return fields.problem();
    }
    const auto found =
        booking::find_room(session, request.town, booking::RoomId{request.number("id")});
    if (!found) {
        return not_found(request);
    }
    const auto busy = booking::busy_times(session, request.town, found->id, range, {request.now});
    const auto free = booking::free_times(busy, range);
    auto response = json_response(200, {{"room_id", static_cast<std::int64_t>(found->id)},
                                        {"time_zone", found->time_zone},
                                        {"from", to_rfc3339(range.start)},
                                        {"to", to_rfc3339(range.end)},
                                        {"busy", items_of(busy, found->time_zone)},
                                        {"closures", closures_of(request, session, *found, range)},
                                        {"free", items_of(free, found->time_zone)}});
    const auto etag = etag_of_bytes(response.body);
    return with_etag(request, std::move(response), etag);
}

/// What a reader sees of one booking: all of it, or that the room is busy.
nlohmann::json entry_of(const people::Person& reader, const booking::BookingView& view,
                        const std::string& zone) {
    if (!booking::may_see(reader, view.booking)) {
        auto entry = to_json(view.booking.slot.at, zone);
        entry["kind"] = "busy";
        return entry;
    }
    auto entry = to_json(view);
    entry["kind"] = "booking";
    return entry;
}

nlohmann::json entries_of(const Request& request, store::Session& session,
                          const booking::Room& room, const booking::Interval& range) {
    auto entries = closures_of(request, session, room, range);
    if (!request.person) {
        const booking::Sight sight{request.now, false};
        for (const auto& busy : booking::busy_times(session, request.town, room.id, range, sight)) {
            entries.push_back(to_json(busy, room.time_zone));
            entries.back()["kind"] = "busy";
        }
    } else {
        for (const auto& view : booking::read_schedule(session, request.town, room.id, range)) {
            entries.push_back(entry_of(*request.person, view, room.time_zone));
        }
    }
    if (request.person) {
        const booking::HoldQuery query{request.now, {}, room.id, range};
        for (const auto& hold : booking::select_holds(session, request.town, query)) {
            entries.push_back(to_json(hold.claim.slot.at, room.time_zone));
            entries.back()["kind"] = "hold";
            entries.back()["expires_at"] = to_rfc3339(hold.expires_at);
        }
    }
    // Equal ones keep their order; instants of one length sort as text.
    std::stable_sort(entries.begin(), entries.end(), [](const auto& one, const auto& other) {
        return one["start_at"].template get_ref<const std::string&>() <
               other["start_at"].template get_ref<const std::string&>();
    });
    return entries;
}

/// The rooms that the query names: one, those of a site, or all.
std::vector<booking::Room> rooms_in(Fields& fields, const Request& request,
                                    store::Session& session) {
    const auto site = fields.optional_integer("site", kId);
    const auto one = fields.optional_integer("room", kId);
    auto all = booking::list_rooms(session, request.town,
                                   site ? std::optional(booking::SiteId{*site}) : std::nullopt);
    if (one) {
        std::erase_if(all,
                      [&](const booking::Room& room) { return room.id != booking::RoomId{*one}; });
    }
    return all;
}

Response schedule(const Request& request, store::Session& session) {
    auto fields = Fields::of_query(request);
    const auto range = range_in(fields);
    const auto chosen = rooms_in(fields, request, session);
    if (!fields.ok()) {
        return fields.problem();
    }
    auto items = nlohmann::json::array();
    for (const auto& room : chosen) {
        items.push_back({{"room_id", static_cast<std::int64_t>(room.id)},
                         {"room_name", room.name},
                         {"time_zone", room.time_zone},
                         {"entries", entries_of(request, session, room, range)}});
    }
    auto response = json_response(200, {{"from", to_rfc3339(range.start)},
                                        {"to", to_rfc3339(range.end)},
                                        {"items", std::move(items)}});
    const auto etag = etag_of_bytes(response.body);
    return with_etag(request, std::move(response), etag);
}

}  // namespace

void add_estate_routes(Routes& routes) {
    routes.read("GET", "/api/v1/sites", sites, Access::anyone);
    routes.read("GET", "/api/v1/spaces", spaces, Access::anyone);
    routes.read("GET", "/api/v1/rooms", rooms, Access::anyone);
    routes.read("GET", "/api/v1/rooms/:id", room, Access::anyone);
    routes.read("GET", "/api/v1/rooms/:id/availability", availability, Access::anyone);
    routes.read("GET", "/api/v1/schedule", schedule, Access::anyone);
}

}  // namespace creneau::http

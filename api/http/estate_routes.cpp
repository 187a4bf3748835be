#include "api/http/estate_routes.hpp"

#include "api/booking/booking_rights.hpp"
#include "api/booking/booking_types.hpp"
#include "api/booking/closures/closure_store.hpp"
#include "api/booking/closures/closure_types.hpp"
#include "api/booking/estate_store.hpp"
#include "api/booking/holds/hold_store.hpp"
#include "api/booking/holds/hold_types.hpp"
#include "api/booking/occupancy_store.hpp"
#include "api/booking/room_rules_store.hpp"
#include "api/booking/schedule.hpp"
#include "api/booking/view_store.hpp"
#include "api/http/availability_page.hpp"
#include "api/http/booking_answers.hpp"
#include "api/http/booking_fields.hpp"
#include "api/http/conditional.hpp"
#include "api/http/fields.hpp"
#include "api/http/object_text.hpp"
#include "api/http/problem.hpp"
#include "api/http/request.hpp"
#include "api/http/response.hpp"
#include "api/http/routes.hpp"
#include "api/http/rules_answers.hpp"
#include "api/http/schedule_page.hpp"
#include "api/http/time_text.hpp"
#include "api/http/wire.hpp"
#include "api/people/person.hpp"
#include "api/store/session.hpp"

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <limits>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace creneau::http {

namespace {

constexpr IntegerRange kInstants{0, std::numeric_limits<std::int64_t>::max()};

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
    check_range(fields, range);
    return range;
}

nlohmann::json item_of(const booking::Closure& closure) {
    auto entry = to_json(closure.slot);
    entry["kind"] = "closure";
    entry["closure_kind"] = booking::word_of(closure.kind);
    entry["reason"] = closure.reason;
    return entry;
}

/// What closes a space of the room within the range, told to everybody.
std::vector<booking::Closure> closures_of(const Request& request, store::Session& session,
                                          const booking::Room& room,
                                          const booking::Interval& range) {
    return booking::select_closures(session, request.town, {range, {}, room.id});
}

Response sites(const Request& request, store::Session& session) {
    return list_response(request, booking::list_sites(session, request.town));
}

Response spaces(const Request& request, store::Session& session) {
    return list_response(request, booking::list_spaces(session, request.town));
}

Response rooms(const Request& request, store::Session& session) {
    auto fields = Fields::of_query(request);
    const auto site = fields.optional_id<booking::SiteId>("site");
    if (!fields.ok()) {
        return fields.problem();
    }
    return list_response(request, booking::list_rooms(session, request.town, site));
}

Response room(const Request& request, store::Session& session) {
    const auto found =
        booking::find_room(session, request.town, booking::RoomId{request.number("id")});
    if (!found) {
        return not_found(request);
    }
    auto item = item_of(*found);
    item["rules"] = to_json(booking::load_rules(session, request.town, found->id));
    return json_response(200, item);
}

std::vector<TimePiece> pieces_of(const std::vector<booking::Interval>& intervals,
                                 const std::string& zone, TimeList list) {
    std::vector<TimePiece> pieces;
    pieces.reserve(intervals.size());
    for (const auto& at : intervals) {
        pieces.push_back({at.start.time_since_epoch().count(), list,
                          [at, zone] { return to_json(at, zone).dump(); }});
    }
    return pieces;
}

Response availability(const Request& request, store::Session& session) {
    auto fields = Fields::of_query(request);
    const auto range = range_in(fields);
    const auto cursor = fields.optional_integer("cursor", kInstants);
    if (!fields.ok()) {
        return fields.problem();
    }
    const auto found =
        booking::find_room(session, request.town, booking::RoomId{request.number("id")});
    if (!found) {
        return not_found(request);
    }
    const auto& zone = found->time_zone;
    const auto busy = booking::busy_times(session, request.town, found->id, range, {request.now});
    auto pieces = pieces_of(busy, zone, TimeList::busy);
    std::ranges::move(
        pieces_of(booking::bookable_times(session, request.town, *found, range, {request.now}),
                  zone, TimeList::free),
        std::back_inserter(pieces));
    for (const auto& closure : closures_of(request, session, *found, range)) {
        pieces.push_back({closure.slot.at.start.time_since_epoch().count(), TimeList::closures,
                          [closure] { return item_of(closure).dump(); }});
    }
    const nlohmann::json head{{"room_id", static_cast<std::int64_t>(found->id)},
                              {"time_zone", zone},
                              {"from", to_rfc3339(range.start)},
                              {"to", to_rfc3339(range.end)}};
    Response response{200,
                      {{"Content-Type", "application/json"}},
                      availability_page(head, std::move(pieces), cursor, kMaxAnswer)};
    const auto etag = etag_of_bytes(response.body);
    return with_etag(request, std::move(response), etag);
}

std::string busy_entry(const booking::Interval& interval, const std::string& zone) {
    ObjectText entry;
    entry.text("kind", "busy");
    write(entry, interval, zone);
    return std::move(entry).finished();
}

/// What a reader sees of one booking: all of it, or that the room is busy.
std::string entry_of(const people::Person& reader, const booking::BookingView& view,
                     const std::string& zone) {
    if (!booking::may_see(reader, view.booking)) {
        return busy_entry(view.booking.slot.at, zone);
    }
    ObjectText entry;
    entry.text("kind", "booking");
    write(entry, view);
    return std::move(entry).finished();
}

std::string entry_of(const booking::Hold& hold, const std::string& zone) {
    ObjectText entry;
    entry.text("kind", "hold");
    entry.text("expires_at", to_rfc3339(hold.expires_at));
    write(entry, hold.claim.slot.at, zone);
    return std::move(entry).finished();
}

/// The entries of a room from an instant on; what starts earlier is not even written out.
class RoomEntries {
  public:
    explicit RoomEntries(std::int64_t from) : from_(from) {}

    template <class Write>
    void add(const booking::Interval& at, Write write) {
        const auto start = at.start.time_since_epoch().count();
        if (start >= from_) {
            entries_.push_back({start, write()});
        }
    }
    /// By start; equal ones keep their order.
    std::vector<ScheduleEntry> sorted() && {
        std::ranges::stable_sort(entries_, {}, &ScheduleEntry::start_at);
        return std::move(entries_);
    }

  private:
    std::int64_t from_;
    std::vector<ScheduleEntry> entries_;
};

void add_bookings(RoomEntries& entries, const Request& request, store::Session& session,
                  const booking::Room& room, const booking::Interval& range) {
    const auto& zone = room.time_zone;
    if (!request.person) {
        const booking::Sight sight{request.now, false};
        for (const auto& busy : booking::busy_times(session, request.town, room.id, range, sight)) {
            entries.add(busy, [&] { return busy_entry(busy, zone); });
        }
        return;
    }
    for (const auto& view : booking::read_schedule(session, request.town, room.id, range)) {
        entries.add(view.booking.slot.at, [&] { return entry_of(*request.person, view, zone); });
    }
    const booking::HoldQuery query{request.now, {}, room.id, range};
    for (const auto& hold : booking::select_holds(session, request.town, query)) {
        entries.add(hold.claim.slot.at, [&] { return entry_of(hold, zone); });
    }
}

/// The rooms that the query names: one, those of a site, or all.
std::vector<booking::Room> rooms_in(Fields& fields, const Request& request,
                                    store::Session& session) {
    const auto site = fields.optional_id<booking::SiteId>("site");
    const auto one = fields.optional_id<booking::RoomId>("room");
    auto all = booking::list_rooms(session, request.town, site);
    if (one) {
        std::erase_if(all, [&](const booking::Room& room) { return room.id != *one; });
    }
    return all;
}

/// Where the page begins: at the start without a cursor, nothing when the cursor is none of these
/// rooms'.
std::optional<SchedulePlace> first_place(const std::optional<std::string>& cursor,
                                         const std::vector<booking::Room>& rooms) {
    if (!cursor) {
        return SchedulePlace{rooms.empty() ? 0 : static_cast<std::int64_t>(rooms.front().id), 0};
    }
    const auto place = place_of(*cursor);
    const bool is_known = place && std::ranges::any_of(rooms, [&](const booking::Room& room) {
                              return room.id == booking::RoomId{place->room};
                          });
    return is_known ? place : std::nullopt;
}

Response bad_cursor(const Request& request) {
    Problem problem{400,
                    "malformed",
                    {"Le repère de page n’est pas celui d’une réponse à cette demande.",
                     "The cursor is not one of an answer to this request."}};
    problem.errors.push_back({"cursor",
                              "bad_cursor",
                              {"Reprendre « next » de la page précédente, avec les mêmes site, "
                               "salle et dates ; sans lui, la première page.",
                               "Take “next” of the page before, with the same site, room and "
                               "dates; without it, the first page."}});
    return problem_response(request, problem);
}

/// The schedule of the rooms from `place` on.
std::string page_from(const Request& request, store::Session& session, const SchedulePlace& place,
                      const std::vector<booking::Room>& rooms, const booking::Interval& range) {
    SchedulePage page({{"from", to_rfc3339(range.start)}, {"to", to_rfc3339(range.end)}},
                      kMaxAnswer);
    auto room = std::ranges::find(rooms, booking::RoomId{place.room}, &booking::Room::id);
    for (std::int64_t from = place.start_at; room != rooms.end(); ++room, from = 0) {
        RoomEntries entries(from);
        for (const auto& closure : closures_of(request, session, *room, range)) {
            entries.add(closure.slot.at, [&] { return item_of(closure).dump(); });
        }
        add_bookings(entries, request, session, *room, range);
        const nlohmann::json head{{"room_id", static_cast<std::int64_t>(room->id)},
                                  {"room_name", room->name},
                                  {"time_zone", room->time_zone}};
        if (!page.add(head, std::move(entries).sorted())) {
            break;
        }
    }
    return std::move(page).finished();
}

Response schedule(const Request& request, store::Session& session) {
    auto fields = Fields::of_query(request);
    const auto range = range_in(fields);
    const auto chosen = rooms_in(fields, request, session);
    const auto cursor = fields.optional_text("cursor", Fields::kLongText);
    if (!fields.ok()) {
        return fields.problem();
    }
    const auto place = first_place(cursor, chosen);
    if (!place) {
        return bad_cursor(request);
    }
    Response response{200,
                      {{"Content-Type", "application/json"}},
                      page_from(request, session, *place, chosen, range)};
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

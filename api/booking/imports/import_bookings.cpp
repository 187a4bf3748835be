#include "api/booking/imports/import_bookings.hpp"

#include "api/booking/approve_booking.hpp"
#include "api/booking/booking_error.hpp"
#include "api/booking/booking_rights.hpp"
#include "api/booking/booking_types.hpp"
#include "api/booking/estate_store.hpp"
#include "api/booking/imports/booking_sheet.hpp"
#include "api/booking/imports/import_store.hpp"
#include "api/booking/imports/line_digest.hpp"
#include "api/booking/request_booking.hpp"
#include "api/people/people_store.hpp"
#include "api/people/person.hpp"
#include "api/store/savepoint.hpp"
#include "api/store/session.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace creneau::booking {

namespace {

using Problems = std::vector<SheetProblem>;

/// The words of a sheet against what the town has.
class Lookup {
  public:
    Lookup(store::Session& session, TownId town, const people::Person& actor)
        : session_(session),
          town_(town),
          actor_(actor),
          rooms_(list_rooms(session, town)),
          associations_(list_associations(session, town)) {}

    /// The line as a request; adds what no rule can be asked about.
    RequestBooking request_of(const BookingLine& line, Problems& problems) {
        RequestBooking request;
        request.town = town_;
        request.actor = actor_.id;
        request.start = line.start;
        request.end = line.end;
        request.attendees = line.attendees;
        request.purpose = line.purpose;
        request.layout = line.layout;
        if (const Room* room = named(rooms_, line.room)) {
            request.room = room->id;
        } else {
            problems.push_back(
                {line.line, "salle", "unknown_room",
                 "« " + line.room + " » n’est le nom ni la clé d’une seule salle de la ville."});
        }
        const NamedAssociation* association = nullptr;
        if (!line.association.empty()) {
            association = named(associations_, line.association);
            if (association == nullptr) {
                problems.push_back(
                    {line.line, "association", "unknown_association",
                     "« " + line.association +
                         " » n’est le nom ni la clé d’une seule association de la ville."});
            } else {
                request.association = association->id;
            }
        }
        request.booker = booker_of(line, association, problems);
        return request;
    }

  private:
    /// By key or name; nothing when several have that name.
    template <class Thing>
    static const Thing* named(const std::vector<Thing>& things, const std::string& word) {
        const auto wanted = folded(word);
        const Thing* found = nullptr;
        for (const Thing& thing : things) {
            if (thing.key == word) {
                return &thing;
            }
            if (folded(thing.name) == wanted) {
                if (found != nullptr) {
                    return nullptr;
                }
                found = &thing;
            }
        }
        return found;
    }

    std::optional<PersonId> booker_of(const BookingLine& line, const NamedAssociation* association,
                                      Problems& problems) {
        if (!line.email.empty()) {
            const auto person = people::find_person_by_email(session_, town_, line.email);
            if (!person) {
                problems.push_back(
                    {line.line, "courriel", "unknown_booker",
                     "Personne n’a l’adresse « " + line.email + " » dans la ville."});
                return std::nullopt;
            }
            return person->id;
        }
        if (association != nullptr && association->managers.size() == 1) {
            return association->managers.front();
        }
        if (!line.association.empty()) {
            if (association != nullptr) {
                problems.push_back({line.line, "courriel", "booker_needed",
                                    "Cette association n’a pas un seul responsable : indiquez le "
                                    "courriel de celui qui réserve."});
            }
            return std::nullopt;
        }
        return actor_.id;
    }

    store::Session& session_;
    TownId town_;
    people::Person actor_;
    std::vector<Room> rooms_;
    std::vector<NamedAssociation> associations_;
};

/// The column that a field of a request comes from.
std::string column_of(const std::string& field) {
    if (field == "room_id") {
        return "salle";
    }
    if (field == "start") {
        return "début";
    }
    if (field == "end") {
        return "fin";
    }
    if (field == "attendees") {
        return "personnes";
    }
    if (field == "purpose") {
        return "objet";
    }
    if (field == "layout") {
        return "disposition";
    }
    if (field == "association_id") {
        return "association";
    }
    return field == "booker_id" ? "courriel" : field;
}

Problems problems_of(const BookingLine& line, const BookingError& error) {
    Problems problems;
    for (const Failure& failure : error.failures) {
        problems.push_back({line.line, column_of(failure.field), std::string(word_of(failure.rule)),
                            failure.detail.fr});
    }
    if (problems.empty()) {
        problems.push_back({line.line,
                            {},
                            std::string(word_of(error.refusal)),
                            "Cette réservation n’est pas possible."});
    }
    return problems;
}

Outcome<Booking> book(store::Session& session, const ImportBookings& order,
                      const RequestBooking& request) {
    auto booking = request_booking(session, request);
    if (!booking || !order.approve || booking->status != Status::pending) {
        return booking;
    }
    auto approval = approve_untold(
        session, {order.town, request.actor, booking->id, {}, order.now, std::string()});
    if (!approval) {
        return tl::unexpected(std::move(approval).error());
    }
    return tell_approval(session, *approval);
}

LineReport import_line(store::Session& session, const ImportBookings& order, Lookup& lookup,
                       const BookingLine& line) {
    const std::string content = digest_of(line);
    const std::string reference = line.reference.empty() ? content : line.reference;
    if (const auto before = select_imported(session, order.town, reference)) {
        if (before->content == content) {
            return {line.line, LineEnd::known, before->booking, {}};
        }
        return {line.line,
                LineEnd::refused,
                {},
                {{line.line, "référence", "reference_used",
                  "Cette référence est celle de la réservation " +
                      std::to_string(static_cast<std::int64_t>(before->booking)) +
                      ", importée avec d’autres valeurs : modifiez celle-ci, ou donnez une autre "
                      "référence."}}};
    }
    LineReport report{line.line, LineEnd::refused, {}, {}};
    RequestBooking request = lookup.request_of(line, report.problems);
    request.now = order.now;
    request.offer = Offer::nothing;
    if (!report.problems.empty()) {
        return report;
    }
    store::Savepoint written(session);
    const auto booking = book(session, order, request);
    if (!booking) {
        report.problems = problems_of(line, booking.error());
        return report;
    }
    insert_imported(session, order.town, {reference, content, booking->id}, order.now);
    written.keep();
    report.end = LineEnd::booked;
    report.booking = booking->id;
    return report;
}

SheetReport refused_sheet(Problems problems) {
    SheetReport report;
    report.problems = std::move(problems);
    return report;
}

}  // namespace

std::size_t SheetReport::count(LineEnd end) const {
    return static_cast<std::size_t>(std::ranges::count(lines, end, &LineReport::end));
}

tl::expected<SheetReport, SheetReport> import_bookings(store::Session& session,
                                                       const ImportBookings& order) {
    const auto actor = people::find_person_by_email(session, order.town, order.actor_email);
    if (!actor || !is_office(*actor)) {
        return tl::unexpected(
            refused_sheet({{0,
                            {},
                            "not_allowed",
                            "Personne du service n’a l’adresse « " + order.actor_email + " »."}}));
    }
    const auto lines = read_sheet(order.rows);
    if (!lines) {
        return tl::unexpected(refused_sheet(lines.error()));
    }
    Lookup lookup(session, order.town, *actor);
    SheetReport report;
    for (std::size_t i = 0; i < lines->size(); ++i) {
        const ReadLine& line = (*lines)[i];
        report.lines.push_back(
            line ? import_line(session, order, lookup, *line)
                 : LineReport{order.rows[i + 1].line, LineEnd::refused, {}, line.error()});
    }
    report.kept = order.commit && (order.skip_refused || report.count(LineEnd::refused) == 0);
    if (!report.kept) {
        return tl::unexpected(std::move(report));
    }
    return report;
}

}  // namespace creneau::booking

#include "api/booking/series/move_dates.hpp"

#include "api/booking/affair.hpp"
#include "api/booking/booking_error.hpp"
#include "api/booking/booking_rules.hpp"
#include "api/booking/booking_store.hpp"
#include "api/booking/booking_types.hpp"
#include "api/booking/buffer_rules.hpp"
#include "api/booking/cure_rules.hpp"
#include "api/booking/equipment/equipment_store.hpp"
#include "api/booking/equipment/equipment_types.hpp"
#include "api/booking/estate_store.hpp"
#include "api/booking/move_booking.hpp"
#include "api/booking/request_booking.hpp"
#include "api/booking/series/edit_series.hpp"
#include "api/booking/series/local_date.hpp"
#include "api/booking/series/occurrence.hpp"
#include "api/booking/series/offer_others.hpp"
#include "api/booking/series/open_series.hpp"
#include "api/booking/series/recurrence_words.hpp"
#include "api/booking/series/request_again.hpp"
#include "api/booking/series/series_types.hpp"
#include "api/store/present.hpp"
#include "api/store/session.hpp"

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace creneau::booking {

namespace {

/// One occurrence as `series` wants it.
MoveBooking move_of(const EditSeries& edit, const Series& series, const Booking& occurrence) {
    const auto date = store::present(parse_date(occurrence.series_date), "date of an occurrence");
    return {change_of(edit.change, occurrence),
            series.room,
            occurrence.series_date + 'T' + series.start_time,
            text_of(plus_days(date, series.end_day_offset)) + 'T' + series.end_time,
            edit.layout,
            series.attendees,
            edit.equipment,
            series.purpose};
}

/// All of them as `series` wants them; one that has a layout or equipment of its own keeps it.
std::vector<MoveBooking> moves_of(store::Session& session, const EditSeries& edit,
                                  const Series& series, const std::vector<Booking>& occurrences) {
    const std::string layout = usual_layout(occurrences);
    const auto taken = edit.equipment
                           ? equipment_of(session, edit.change.town, occurrences)
                           : std::vector<std::vector<EquipmentOrder>>(occurrences.size());
    const auto equipment = usual_equipment(taken);
    std::vector<MoveBooking> moves;
    for (std::size_t at = 0; at < occurrences.size(); ++at) {
        moves.push_back(move_of(edit, series, occurrences[at]));
        if (occurrences[at].layout != layout) {
            moves.back().layout.reset();
        }
        if (taken[at] != equipment) {
            moves.back().equipment.reset();
        }
    }
    return moves;
}

/// Puts an occurrence that stays as it is where it was, its equipment with the buffers it had.
/// False: somebody has the room.
bool come_back(store::Session& session, const Affair& affair, const std::optional<Buffers>& kept) {
    Place place = affair.place;
    if (kept) {
        place.rules.setup = kept->setup;
        place.rules.teardown = kept->teardown;
    }
    return !occupies(affair.booking.status, place.room.pending_blocks) ||
           insert_occupancies(session, affair.town, affair.booking, place);
}

/// Where the other dates are to be.
std::vector<Interval> wanted_beside(const std::string& refused, const Series& series,
                                    const std::vector<Booking>& occurrences) {
    std::vector<Interval> slots;
    for (const Booking& occurrence : occurrences) {
        if (occurrence.series_date == refused) {
            continue;
        }
        const auto date =
            store::present(parse_date(occurrence.series_date), "date of an occurrence");
        const auto slot = occurrence_slot(date, series.start_time, series.end_time,
                                          series.end_day_offset, series.time_zone);
        if (slot) {
            slots.push_back(slot->at);
        }
    }
    return slots;
}

/// A date that was refused, and where it was to go.
struct Refused {
    MoveBooking move;
    RefusedDate date;
};

/// Other slots for the first that may pass elsewhere: once the others are in place, so that nobody
/// is offered what another date has by then.
std::vector<RefusedDate> with_offers(store::Session& session, const Series& series,
                                     const std::vector<Booking>& occurrences,
                                     std::vector<Refused> refused) {
    std::vector<RefusedDate> dates;
    std::size_t looked = 0;
    for (auto& [move, date] : refused) {
        if (looked < kMostOffered && cure_of(date.failures) != Cure::nothing) {
            date.alternatives = alternatives_to(session, move, date.failures,
                                                wanted_beside(date.date, series, occurrences));
            ++looked;
        }
        dates.push_back(std::move(date));
    }
    return dates;
}

}  // namespace

bool is_exception(const EditSeries& edit, const Series& series, const Booking& occurrence) {
    const MoveBooking usual = move_of(edit, series, occurrence);
    return occurrence.room != series.room || occurrence.slot.local_start != usual.start ||
           occurrence.slot.local_end != usual.end || occurrence.attendees != series.attendees ||
           occurrence.purpose != series.purpose;
}

Outcome<std::vector<Moved>> move_dates(store::Session& session, const EditSeries& edit,
                                       const Series& series,
                                       const std::vector<Booking>& occurrences) {
    // Each may take the place of another: all leave before the first arrives.
    std::map<BookingId, std::optional<Buffers>> kept;
    for (const Booking& occurrence : occurrences) {
        kept[occurrence.id] =
            kept_buffers(session, edit.change.town, occurrence.id, occurrence.slot.at);
        delete_occupancies(session, edit.change.town, occurrence.id);
    }
    std::vector<Moved> moved;
    std::vector<Refused> refused;
    for (MoveBooking& move : moves_of(session, edit, series, occurrences)) {
        const Booking& occurrence = occurrences[moved.size() + refused.size()];
        move.offer = Offer::nothing;
        auto one = move_untold(session, move);
        if (one) {
            if (!one->changed && !come_back(session, one->affair, kept[occurrence.id])) {
                return refuse({room_taken()});
            }
            moved.push_back(*std::move(one));
            continue;
        }
        BookingError error = std::move(one).error();
        if (error.failures.empty()) {
            return tl::unexpected(std::move(error));
        }
        as_fields_of_series(error.failures);
        refused.push_back(
            {std::move(move), {occurrence.series_date, std::move(error.failures), {}}});
    }
    if (refused.empty()) {
        return moved;
    }
    return refuse(with_offers(session, series, occurrences, std::move(refused)));
}

}  // namespace creneau::booking

#include "api/booking/retiming/recompute_times.hpp"

#include "api/access/access_types.hpp"
#include "api/booking/affair.hpp"
#include "api/booking/booking_error.hpp"
#include "api/booking/booking_rules.hpp"
#include "api/booking/booking_store.hpp"
#include "api/booking/booking_types.hpp"
#include "api/booking/closures/keep_closed.hpp"
#include "api/booking/effects.hpp"
#include "api/booking/equipment/check_equipment.hpp"
#include "api/booking/estate_store.hpp"
#include "api/booking/holds/expire_holds.hpp"
#include "api/booking/local_time.hpp"
#include "api/booking/obstacles.hpp"
#include "api/booking/retiming/retime_claims.hpp"
#include "api/booking/retiming/retime_closures.hpp"
#include "api/booking/retiming/retiming_store.hpp"
#include "api/booking/series/series_effects.hpp"
#include "api/booking/view_store.hpp"
#include "api/booking/waiting/give_way.hpp"
#include "api/mail/facts.hpp"
#include "api/store/present.hpp"
#include "api/store/readers.hpp"
#include "api/store/session.hpp"
#include "api/store/writer.hpp"

#include <algorithm>
#include <iterator>
#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include <tl/expected.hpp>

namespace creneau::booking {

namespace {

/// A booking whose local times name other instants by now.
struct Mover {
    Affair affair;                  ///< as it was
    std::optional<Booking> wanted;  ///< none: its local times name nothing any more
    std::vector<Failure> failures;  ///< why it stays where it was

    [[nodiscard]] bool stays() const { return !failures.empty(); }
    [[nodiscard]] bool takes_space() const {
        return occupies(affair.booking.status, affair.place.room.pending_blocks);
    }
};

Affair affair_of(store::Session& session, const RecomputeTimes& order, BookingId booking) {
    auto view = store::present(select_view(session, order.town, booking), "booking to recompute");
    auto place = find_place(session, order.town, view.booking.room);
    Affair affair;
    affair.town = order.town;
    affair.booking = std::move(view.booking);
    affair.place = with_kept_buffers(session, order.town, affair.booking,
                                     store::present(std::move(place), "room of a booking"));
    affair.booker_name = std::move(view.booker_name);
    affair.association_name = std::move(view.association_name);
    affair.now = order.now;
    return affair;
}

std::vector<Mover> find_movers(store::Session& session, const RecomputeTimes& order,
                               const std::vector<OutdatedTime>& outdated) {
    std::vector<Mover> movers;
    for (const OutdatedTime& one : outdated) {
        const auto slot = resolve_slot(one.slot.local_start, one.slot.local_end, one.time_zone);
        if (slot && slot->at == one.slot.at) {
            continue;
        }
        Mover mover{affair_of(session, order, one.booking), {}, {}};
        if (slot) {
            mover.wanted.emplace(mover.affair.booking);
            mover.wanted->slot.at = slot->at;
            mover.wanted->tz_version = order.tz_version;
            ++mover.wanted->sequence;
        } else {
            mover.failures = check_slot(slot, order.now);
        }
        movers.push_back(std::move(mover));
    }
    return movers;
}

void put_in(store::Session& session, const Mover& mover, const Booking& booking) {
    const Affair& affair = mover.affair;
    if (mover.takes_space() && !insert_occupancies(session, affair.town, booking, affair.place)) {
        throw std::logic_error("a slot that was free is taken");
    }
}

std::vector<Failure> in_the_way_of(store::Session& session, const Mover& mover) {
    const Affair& affair = mover.affair;
    if (!mover.takes_space()) {
        return {};
    }
    const Booking& wanted = store::present(mover.wanted, "slot to move to");
    auto failures = check_obstacles(session, affair.town, {wanted.room, wanted.slot.at},
                                    {affair.now, wanted.id});
    std::ranges::move(check_stock(session, affair.town, wanted, affair.place, affair.now),
                      std::back_inserter(failures));
    return failures;
}

/// Puts in those that leave. False when one of them found something in its way: it stays from now
/// on.
bool all_arrive(store::Session& session, std::vector<Mover>& movers) {
    bool all = true;
    for (Mover& mover : movers) {
        if (mover.stays()) {
            continue;
        }
        mover.failures = in_the_way_of(session, mover);
        if (mover.stays()) {
            all = false;
        } else {
            put_in(session, mover, store::present(mover.wanted, "slot to move to"));
        }
    }
    return all;
}

/// Puts every mover that can go where it wants to be, and the others back. All leave first, as each
/// may take the place of another; one that turns out to stay may be in the way of others, so that
/// all is done again without it until nobody new has to stay.
void settle(store::Session& session, std::vector<Mover>& movers) {
    bool is_settled = false;
    while (!is_settled) {
        for (const Mover& mover : movers) {
            delete_occupancies(session, mover.affair.town, mover.affair.booking.id);
        }
        for (const Mover& mover : movers) {
            if (mover.stays()) {
                put_in(session, mover, mover.affair.booking);
            }
        }
        is_settled = all_arrive(session, movers);
    }
}

/// Writes one that has moved, with its doors and lines; the affair is then the new one.
void write_moved(store::Session& session, Mover& mover,
                 std::map<SeriesId, std::vector<Affair>>& by_series) {
    Affair& affair = mover.affair;
    const Booking before =
        std::exchange(affair.booking, store::present(std::move(mover.wanted), "slot to move to"));
    if (!update_booking(session, affair.town, before, affair.booking)) {
        throw std::logic_error("a booking changed while its times were recomputed");
    }
    close_doors(session, affair, access::RevokeReason::moved);
    record_by_itself(session, affair, "booking_retimed");
    std::optional<access::Pass> pass;
    if (affair.booking.status == Status::approved) {
        pass = open_doors(session, affair);
    }
    if (affair.booking.series) {
        announce_pass(session, affair, pass);
        by_series[*affair.booking.series].push_back(affair);
    } else {
        tell_booker(session, affair, {mail::Template::booking_retimed, pass, {}});
    }
}

void write_conflict(store::Session& session, const Mover& mover, const std::string& version) {
    const Affair& affair = mover.affair;
    const Failure& failure = mover.failures.front();
    put_time_conflict(session, affair.town,
                      {affair.booking.id, affair.booking.slot.at, version, affair.now,
                       std::string(word_of(failure.rule)), failure.detail});
    record_by_itself(session, affair, "booking_time_conflict");
}

}  // namespace

TimesRecomputed recompute_times(store::Session& session, const RecomputeTimes& order) {
    release_expired(session, order.town, order.now);
    const auto closures = lift_moved_closures(session, order.town, order.now);
    auto to_offer = retime_claims(session, order.town, order.now);
    const auto outdated = select_outdated(session, order.town, order.tz_version, order.now);
    auto movers = find_movers(session, order, outdated);
    settle(session, movers);
    TimesRecomputed done;
    done.compared = outdated.size();
    std::map<SeriesId, std::vector<Affair>> by_series;
    std::vector<std::pair<RoomId, Interval>> freed;
    for (Mover& mover : movers) {
        if (mover.stays()) {
            write_conflict(session, mover, order.tz_version);
            done.in_conflict.push_back(mover.affair.booking.id);
            continue;
        }
        freed.emplace_back(mover.affair.booking.room, mover.affair.booking.slot.at);
        write_moved(session, mover, by_series);
        ++done.moved;
    }
    for (const auto& [series, moved] : by_series) {
        tell_of_retimed_dates(session, moved);
    }
    for (const auto& [room, slot] : freed) {
        keep_closed(session, order.town, room, slot, order.now);
    }
    lay_closures(session, order.town, closures, order.now);
    std::ranges::move(freed, std::back_inserter(to_offer));
    for (const auto& [room, slot] : to_offer) {
        give_way(session, order.town, room, slot, order.now);
    }
    stamp_version(session, order.town, order.tz_version, order.now);
    return done;
}

std::optional<TimesRecomputed> recompute_outdated_times(store::Readers& readers,
                                                        store::Writer& writer,
                                                        const RecomputeTimes& order) {
    const auto compared = readers.read(
        [&](store::Session& session) { return select_compared_version(session, order.town); });
    if (order.tz_version.empty() || compared == order.tz_version) {
        return std::nullopt;
    }
    const auto done =
        writer.run([&](store::Session& session) -> tl::expected<TimesRecomputed, bool> {
            auto recomputed = recompute_times(session, order);
            set_compared_version(session, order.town, order.tz_version);
            return recomputed;
        });
    if (!done) {
        throw store::StoreError("the times of bookings to come could not be recomputed");
    }
    return **done;
}

}  // namespace creneau::booking

#pragma once

#include "api/booking/approve_booking.hpp"
#include "api/booking/booking_types.hpp"
#include "api/booking/cancel_booking.hpp"
#include "api/booking/move_booking.hpp"
#include "api/booking/refuse_booking.hpp"
#include "api/booking/request_booking.hpp"
#include "api/store/readers.hpp"
#include "api/store/session.hpp"
#include "api/store/writer.hpp"
#include "tests/support/test_database.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>

namespace creneau::booking {

// A small town, and a second one beside it in the same database.
inline constexpr TownId kTown{1};
inline constexpr TownId kOtherTown{2};

inline constexpr RoomId kDanton{1};     ///< QR at its only locked door, approval needed
inline constexpr RoomId kSemanaz{2};    ///< badge only
inline constexpr RoomId kSmall{3};      ///< half of kHall, no approval needed, 20 people, a key
inline constexpr RoomId kOpen{4};       ///< pending bookings do not block
inline constexpr RoomId kHall{5};       ///< kSmall and another half; associations only
inline constexpr RoomId kOtherRoom{9};  ///< of the other town

inline constexpr PersonId kOffice{1};
inline constexpr PersonId kCamille{2};    ///< manages kChoir, may book
inline constexpr PersonId kDominique{3};  ///< an individual who may book
inline constexpr PersonId kAlex{4};       ///< manages kChess, may not book for themselves
inline constexpr PersonId kGone{5};       ///< disabled
inline constexpr PersonId kMaud{6};       ///< manages kChoir too
inline constexpr PersonId kOtherOffice{9};
inline constexpr AssociationId kChoir{1};
inline constexpr AssociationId kChess{2};

/// 21 November 2026, 12:00 UTC.
inline constexpr std::chrono::sys_seconds kNow{
    std::chrono::sys_days{std::chrono::year{2026} / 11 / 21} + std::chrono::hours{12}};

/// The towns of this file in an empty, migrated database.
void fill_in(store::Session& session);

/// The towns on one engine, changed through the writer as in production.
class FilledTown {
  protected:
    explicit FilledTown(store::Engine engine);

    /// A request that every rule accepts: Camille, for the choir, kDanton on 5 December.
    static RequestBooking wish();
    static Change change_of(const Booking& booking, PersonId actor);

    /// What the writer answers to `use_case(session, order)`.
    template <class Order, class Result>
    Outcome<Result> write(Outcome<Result> (*use_case)(store::Session&, const Order&), Order order) {
        return writer_.run([=](store::Session& session) { return use_case(session, order); })
            .value();
    }

    Outcome<Booking> request(RequestBooking order) {
        return write(request_booking, std::move(order));
    }
    Outcome<Booking> approve(const Booking& booking, PersonId actor = kOffice) {
        return write(approve_booking, change_of(booking, actor));
    }
    Outcome<Booking> refuse_it(const Booking& booking,
                               const std::string& ground = "property_management");
    Outcome<Booking> cancel(const Booking& booking, PersonId actor = kCamille,
                            const std::string& ground = "");
    Outcome<Booking> move(const Booking& booking, const std::string& start, const std::string& end,
                          PersonId actor = kOffice, std::optional<RoomId> room = {});

    /// An approved booking of `wish()`.
    Booking approved();

    /// One number out of the database.
    std::int64_t number(const std::string& query);
    /// One text out of the database.
    std::string text(const std::string& query);
    /// Of every table, a digest of all its rows with all their columns: nothing changes unseen.
    std::map<std::string, std::int64_t> traces();

    support::TestDatabase database_;
    std::optional<store::Session> session_;
    store::Writer writer_;
};

/// A test of its own on each engine.
class TownTest : public testing::TestWithParam<store::Engine>, protected FilledTown {
  protected:
    TownTest() : FilledTown(GetParam()) {}
};

/// The codes of an answer's failures, in their order, joined by commas.
std::string codes_of(const BookingError& error);

}  // namespace creneau::booking

#include "api/booking/kinds/kind_store.hpp"
#include "api/booking/kinds/sort_booking.hpp"
#include "tests/api/booking/town_fixture.hpp"

#include <gtest/gtest.h>

#include <string>

#include <soci/soci.h>

namespace creneau::booking {
namespace {

class Kinds : public TownTest {
  protected:
    Kinds() {
        session_->sql() << "INSERT INTO booking_kinds (town_id, key, name, name_en) VALUES"
                           " (1, 'upkeep', 'Entretien', 'Upkeep'),"
                           " (1, 'event', 'Manifestation', 'Event'),"
                           " (2, 'heating', 'Chauffage', 'Heating')";
    }
    Outcome<Booking> sort(const Booking& booking, const std::string& kind,
                          PersonId actor = kOffice) {
        return write(sort_booking, SortBooking{change_of(booking, actor), kind});
    }
    std::string kind_of(const Booking& booking) {
        return text("SELECT kind FROM bookings WHERE id = " +
                    std::to_string(static_cast<std::int64_t>(booking.id)));
    }
};
CRENEAU_ON_BOTH_ENGINES(Kinds);

TEST_P(Kinds, AreThoseOfTheTown) {
    std::string keys;
    for (const BookingKind& kind : select_kinds(*session_, kTown)) {
        keys += kind.key + '=' + kind.name_fr + '/' + kind.name_en + ' ';
    }
    EXPECT_EQ(keys, "event=Manifestation/Event upkeep=Entretien/Upkeep ");
}

TEST_P(Kinds, ARequestSaysWhatItIsFor) {
    auto order = wish();
    order.kind = "event";
    const auto booking = request(order);
    ASSERT_TRUE(booking);
    EXPECT_EQ(kind_of(*booking), "event");
    EXPECT_EQ(kind_of(approve(*booking).value()), "event");
    EXPECT_EQ(kind_of(move(*booking, "2026-12-05T17:00", "2026-12-05T19:00").value()), "event");
}

TEST_P(Kinds, AnotherTownsKindIsUnknown) {
    const auto before = traces();
    auto order = wish();
    order.kind = "heating";
    order.purpose = "";
    const auto refused = request(order);
    ASSERT_FALSE(refused);
    EXPECT_EQ(codes_of(refused.error()), "purpose_missing,unknown_kind");
    EXPECT_NE(refused.error().failures.at(1).detail.fr.find("event, upkeep"), std::string::npos);
    EXPECT_EQ(traces(), before);
    order.kind = "upkeep";
    order.purpose = "Nettoyage";
    EXPECT_TRUE(request(order));
}

TEST_P(Kinds, TheOfficeSortsABookingAndItsPassStays) {
    const auto booking = approved();
    const auto passes = number("SELECT COUNT(*) FROM credentials WHERE revoked_at IS NULL");
    const auto sorted = sort(booking, "upkeep");
    ASSERT_TRUE(sorted);
    EXPECT_EQ(sorted->sequence, booking.sequence + 1);
    EXPECT_EQ(kind_of(booking), "upkeep");
    EXPECT_EQ(number("SELECT COUNT(*) FROM credentials WHERE revoked_at IS NULL"), passes);
    EXPECT_EQ(number("SELECT COUNT(*) FROM audit WHERE action = 'booking_sorted'"), 1);
    ASSERT_TRUE(sort(*sorted, "upkeep"));  // says nothing new
    EXPECT_EQ(number("SELECT COUNT(*) FROM audit WHERE action = 'booking_sorted'"), 1);
    ASSERT_TRUE(sort(*sorted, ""));
    EXPECT_EQ(kind_of(booking), "");
}

TEST_P(Kinds, OnlyTheOfficeSortsAndNobodyOnAnOldReading) {
    const auto booking = approved();
    EXPECT_EQ(sort(booking, "event", kCamille).error().refusal, Refusal::not_allowed);
    EXPECT_EQ(sort(booking, "event", kDominique).error().refusal, Refusal::unknown_booking);
    EXPECT_EQ(codes_of(sort(booking, "heating").error()), "unknown_kind");
    EXPECT_EQ(kind_of(booking), "");
    auto order = SortBooking{change_of(booking, kOffice), "event"};
    order.change.expected_sequence = booking.sequence + 7;
    EXPECT_EQ(write(sort_booking, order).error().refusal, Refusal::stale);
    order.change.expected_sequence = booking.sequence;
    EXPECT_TRUE(write(sort_booking, order));
}

}  // namespace
}  // namespace creneau::booking

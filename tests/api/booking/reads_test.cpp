#include "api/booking/list_bookings.hpp"
#include "api/booking/schedule.hpp"
#include "api/people/people_store.hpp"
#include "tests/api/booking/town_fixture.hpp"

namespace creneau::booking {
namespace {

using namespace std::chrono_literals;

class BookingReads : public TownTest {
  protected:
    Booking book(RoomId room, const std::string& start, const std::string& end,
                 PersonId actor = kCamille) {
        auto order = wish();
        order.room = room;
        order.actor = actor;
        order.start = "2026-12-05T" + start;
        order.end = "2026-12-05T" + end;
        if (actor != kCamille) {
            order.association.reset();
        }
        return request(order).value();
    }
    people::Person person(PersonId id, TownId town = kTown) {
        return people::find_person(*session_, town, id).value();
    }
    static std::chrono::sys_seconds at(int hour) {
        return std::chrono::sys_days{std::chrono::year{2026} / 12 / 5} +
               std::chrono::hours{hour - 1};
    }
    static BookingQuery query_of(TownId town) {
        BookingQuery query;
        query.town = town;
        return query;
    }
    static std::vector<BookingId> ids_of(const std::vector<BookingView>& views) {
        std::vector<BookingId> ids;
        for (const BookingView& view : views) {
            ids.push_back(view.booking.id);
        }
        return ids;
    }
};
CRENEAU_ON_BOTH_ENGINES(BookingReads);

TEST_P(BookingReads, AScheduleHasWhatMeetsTheRange) {
    const auto early = book(kDanton, "08:00", "10:00");
    const auto across = book(kDanton, "10:00", "13:00");
    const auto within = book(kDanton, "14:00", "15:00");
    book(kDanton, "18:00", "19:00");
    const auto views = read_schedule(*session_, kTown, kDanton, {at(12), at(18)});
    EXPECT_EQ(ids_of(views), (std::vector{across.id, within.id}));
    EXPECT_EQ(views[0].booker_name, "Camille Roussel");
    EXPECT_EQ(views[0].association_name, "Chorale du Pré");
    EXPECT_EQ(ids_of(read_schedule(*session_, kTown, kDanton, {at(9), at(10)})),
              std::vector{early.id});
    EXPECT_TRUE(read_schedule(*session_, kTown, kDanton, {at(13), at(14)}).empty());
}

TEST_P(BookingReads, ADivisibleHallShowsABookingOfAPartAndItsOwnOnce) {
    const auto part = book(kSmall, "08:00", "10:00");
    const auto whole = book(kHall, "10:00", "12:00");
    EXPECT_EQ(ids_of(read_schedule(*session_, kTown, kHall, {at(8), at(20)})),
              (std::vector{part.id, whole.id}));
    EXPECT_EQ(ids_of(read_schedule(*session_, kTown, kSmall, {at(8), at(20)})),
              (std::vector{part.id, whole.id}));
    EXPECT_EQ(busy_times(*session_, kTown, kHall, {at(8), at(20)}, {kNow}),
              (std::vector{Interval{at(8), at(12)}}));
}

TEST_P(BookingReads, FreeTimesAreWhatIsLeft) {
    book(kDanton, "08:00", "10:00");
    book(kDanton, "14:00", "15:00");
    const Interval range{at(9), at(18)};
    const auto busy = busy_times(*session_, kTown, kDanton, range, {kNow});
    EXPECT_EQ(busy, (std::vector{Interval{at(8), at(10)}, Interval{at(14), at(15)}}));
    EXPECT_EQ(free_times(busy, range),
              (std::vector{Interval{at(10), at(14)}, Interval{at(15), at(18)}}));
    EXPECT_TRUE(free_times({{at(8), at(20)}}, range).empty());
    EXPECT_EQ(free_times({}, range), std::vector{range});
}

TEST_P(BookingReads, AnotherTownsRoomLooksEmpty) {
    book(kDanton, "08:00", "10:00");
    EXPECT_TRUE(read_schedule(*session_, kOtherTown, kDanton, {at(0), at(24)}).empty());
    EXPECT_TRUE(busy_times(*session_, kOtherTown, kDanton, {at(0), at(24)}, {kNow}).empty());
}

TEST_P(BookingReads, ListsShowTheOfficeEverythingAndOthersTheirOwn) {
    const auto choir = book(kDanton, "08:00", "10:00");
    const auto private_one = book(kDanton, "10:00", "11:00", kDominique);
    const auto list = [&](PersonId reader, BookingQuery query) {
        query.town = kTown;
        return ids_of(list_bookings(*session_, person(reader), query));
    };
    EXPECT_EQ(list(kOffice, {}), (std::vector{private_one.id, choir.id}));
    EXPECT_EQ(list(kCamille, {}), std::vector{choir.id});
    EXPECT_EQ(list(kMaud, {}), std::vector{choir.id}) << "manages the same association";
    EXPECT_EQ(list(kDominique, {}), std::vector{private_one.id});
    EXPECT_TRUE(list(kAlex, {}).empty());
    BookingQuery mine;
    mine.mine = true;
    EXPECT_TRUE(list(kOffice, mine).empty());
    EXPECT_TRUE(
        list_bookings(*session_, person(kOtherOffice, kOtherTown), query_of(kOtherTown)).empty());
}

TEST_P(BookingReads, ListsGoPageByPageAndByStatus) {
    const auto first = book(kDanton, "08:00", "10:00");
    const auto second = book(kDanton, "10:00", "11:00");
    ASSERT_TRUE(approve(first));
    BookingQuery query = query_of(kTown);
    query.limit = 1;
    EXPECT_EQ(ids_of(list_bookings(*session_, person(kOffice), query)), std::vector{second.id});
    query.before = second.id;
    EXPECT_EQ(ids_of(list_bookings(*session_, person(kOffice), query)), std::vector{first.id});
    query.before = first.id;
    EXPECT_TRUE(list_bookings(*session_, person(kOffice), query).empty());
    BookingQuery inbox = query_of(kTown);
    inbox.status = Status::pending;
    EXPECT_EQ(ids_of(list_bookings(*session_, person(kOffice), inbox)), std::vector{second.id});
}

TEST_P(BookingReads, ABookingIsShownToItsOwnersAndTheOfficeOnly) {
    const auto booking = book(kDanton, "08:00", "10:00");
    for (const PersonId reader : {kCamille, kMaud, kOffice}) {
        const auto view = find_booking(*session_, kTown, person(reader), booking.id);
        ASSERT_TRUE(view);
        EXPECT_EQ(view->room_name, "LCR Danton");
        EXPECT_EQ(view->booking.purpose, "Répétition");
    }
    for (const PersonId reader : {kDominique, kAlex}) {
        const auto view = find_booking(*session_, kTown, person(reader), booking.id);
        ASSERT_FALSE(view);
        EXPECT_EQ(view.error().refusal, Refusal::unknown_booking);
    }
}

}  // namespace
}  // namespace creneau::booking

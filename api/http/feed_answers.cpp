#include "api/http/feed_answers.hpp"

#include "api/booking/booking_rights.hpp"
#include "api/booking/booking_types.hpp"
#include "api/booking/closures/closure_types.hpp"
#include "api/booking/feeds/feed_types.hpp"
#include "api/booking/feeds/followed_hold.hpp"
#include "api/booking/feeds/read_feed.hpp"
#include "api/booking/holds/hold_types.hpp"
#include "api/booking/series/local_date.hpp"
#include "api/documents/feed_calendar.hpp"
#include "api/http/time_text.hpp"
#include "api/people/person.hpp"
#include "api/store/present.hpp"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <limits>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <tl/expected.hpp>

namespace creneau::http {

namespace {

using booking::FeedContent;
using booking::FollowedBooking;
using booking::FollowedSeries;
using documents::EventStatus;
using std::chrono::sys_seconds;

template <class Id>
std::string digits_of(Id id) {
    return std::to_string(static_cast<std::int64_t>(id));
}

/// iCalendar's SEQUENCE has 32 bits.
std::int64_t fitting(std::int64_t sequence) {
    return std::min<std::int64_t>(sequence, std::numeric_limits<std::int32_t>::max());
}

EventStatus status_of(booking::Status status) {
    switch (status) {
        case booking::Status::pending:
            return EventStatus::tentative;
        case booking::Status::approved:
            return EventStatus::confirmed;
        case booking::Status::refused:
        case booking::Status::cancelled:
            return EventStatus::cancelled;
    }
    return EventStatus::cancelled;
}

/// Puts a feed's bookings, closures and holds into words.
class Words {
  public:
    explicit Words(const FeedContent& content)
        : content_(content), english_(content.reader.locale == people::Locale::en) {}

    std::string uid(std::string_view kind, std::int64_t id) const {
        return std::string(kind) + '-' + std::to_string(id) + '@' + content_.town_key;
    }

    const booking::Room& room_of(const booking::Booking& booking) const {
        return room_named(booking.room);
    }

    documents::FeedEvent event_of(const FollowedBooking& followed) const {
        const booking::Booking& booking = followed.booking;
        documents::FeedEvent event;
        event.uid = uid("booking", static_cast<std::int64_t>(booking.id));
        event.sequence = fitting(booking.sequence);
        event.changed = followed.changed_at;
        event.start = booking.slot.at.start;
        event.end = booking.slot.at.end;
        event.time_zone = room_of(booking).time_zone;
        // Whether it is decided yet is not for everybody.
        event.status = followed.open ? status_of(booking.status) : EventStatus::confirmed;
        event.location = place_of(booking);
        event.summary = summary_of(followed);
        event.description = followed.open ? description_of(followed) : std::string();
        return event;
    }

    documents::FeedEvent event_of(const booking::Closure& closure) const {
        documents::FeedEvent event;
        event.uid = uid("closure", static_cast<std::int64_t>(closure.id));
        event.changed = closure.created_at;
        event.start = closure.slot.at.start;
        event.end = closure.slot.at.end;
        event.time_zone = closure.time_zone;
        const booking::Site& site = site_named(closure.site);
        const std::string room = closure.room ? room_named(*closure.room).name : std::string();
        event.location = (room.empty() ? "" : room + ", ") + site.name + ", " + site.address;
        event.summary = english_ ? "Closed" : "Fermé";
        if (content_.feed.kind == booking::FeedKind::site) {
            event.summary = (room.empty() ? site.name : room) + colon() + event.summary;
        }
        event.description = closure.reason;
        return event;
    }

    documents::FeedEvent event_of(const booking::FollowedHold& followed) const {
        const booking::Hold& hold = followed.hold;
        const booking::Claim& claim = hold.claim;
        const booking::Room& room = room_named(claim.room);
        const booking::Site& site = site_named(room.site);
        documents::FeedEvent event;
        event.uid = uid("hold", static_cast<std::int64_t>(hold.id));
        event.changed = hold.placed_at;
        event.start = claim.slot.at.start;
        event.end = claim.slot.at.end;
        event.time_zone = room.time_zone;
        event.status = EventStatus::tentative;
        event.location = room.name + ", " + site.name + ", " + site.address;
        event.summary = english_ ? "Held" : "Option";
        if (content_.feed.kind == booking::FeedKind::site) {
            event.summary = room.name + colon() + event.summary;
        }
        if (followed.open) {
            const bool is_told = claim.association || claim.booker == content_.reader.id;
            const std::string individual = english_ ? "Individual" : "Particulier";
            event.summary += colon() + (claim.association ? hold.association_name : individual);
            event.description = (is_told ? claim.purpose + '\n' : std::string()) +
                                (english_ ? "Hold number: " : "Numéro d'option : ") +
                                digits_of(hold.id);
        }
        return event;
    }

  private:
    const booking::Room& room_named(booking::RoomId id) const {
        const auto found = std::ranges::find(content_.rooms, id, &booking::Room::id);
        if (found == content_.rooms.end()) {
            throw std::logic_error("no such room in the town");
        }
        return *found;
    }

    const booking::Site& site_named(booking::SiteId id) const {
        const auto found = std::ranges::find(content_.sites, id, &booking::Site::id);
        if (found == content_.sites.end()) {
            throw std::logic_error("no such site in the town");
        }
        return *found;
    }

    std::string colon() const { return english_ ? ": " : " : "; }

    /// An individual's purpose is theirs; of others' bookings the calendar, which may lie with any
    /// company, knows neither name nor purpose.
    bool tells_purpose(const FollowedBooking& followed) const {
        return followed.booking.association || booking::owns(content_.reader, followed.booking);
    }

    const booking::Site& site_of(const booking::Booking& booking) const {
        return site_named(room_of(booking).site);
    }

    std::string place_of(const booking::Booking& booking) const {
        const booking::Site& site = site_of(booking);
        return room_of(booking).name + ", " + site.name + ", " + site.address;
    }

    std::string holder_of(const FollowedBooking& followed) const {
        if (!followed.open) {
            return english_ ? "Busy" : "Occupé";
        }
        if (followed.booking.association) {
            return followed.association_name;
        }
        return english_ ? "Individual" : "Particulier";
    }

    std::string summary_of(const FollowedBooking& followed) const {
        const booking::Room& room = room_of(followed.booking);
        switch (content_.feed.kind) {
            case booking::FeedKind::room:
                return holder_of(followed);
            case booking::FeedKind::site:
                return room.name + colon() + holder_of(followed);
            case booking::FeedKind::association:
            case booking::FeedKind::person:
                return room.name + " (" + site_of(followed.booking).name + ')';
        }
        return {};
    }

    std::string description_of(const FollowedBooking& followed) const {
        std::string text = tells_purpose(followed) ? followed.booking.purpose + '\n' : "";
        if (followed.booking.series) {
            return text + (english_ ? "Series number: " : "Numéro de série : ") +
                   digits_of(*followed.booking.series);
        }
        return text + (english_ ? "Booking number: " : "Numéro de réservation : ") +
               digits_of(followed.booking.id);
    }

    const FeedContent& content_;
    bool english_;
};

documents::FeedSeries series_of(const Words& words, const FollowedSeries& followed) {
    documents::FeedSeries series;
    series.uid = words.uid("series", static_cast<std::int64_t>(followed.id));
    series.sequence = fitting(followed.sequence);
    series.changed = followed.changed_at;
    for (const FollowedBooking& occurrence : followed.occurrences) {
        const std::string& date = occurrence.booking.series_date;
        const auto last =
            booking::plus_days(store::present(booking::parse_date(date), "date of an occurrence"),
                               followed.end_day_offset);
        documents::FeedEvent event = words.event_of(occurrence);
        event.time_zone = followed.time_zone;
        series.changed = std::max(series.changed, event.changed);
        series.dates.push_back({date + 'T' + followed.start_time,
                                booking::text_of(last) + 'T' + followed.end_time,
                                std::move(event)});
    }
    return series;
}

documents::Feed feed_of(const FeedContent& content) {
    const Words words(content);
    documents::Feed feed;
    feed.name = content.feed.subject_name;
    feed.time_zone = content.town_zone;
    for (const FollowedBooking& followed : content.bookings) {
        feed.events.push_back(words.event_of(followed));
    }
    for (const booking::Closure& closure : content.closures) {
        feed.events.push_back(words.event_of(closure));
    }
    for (const booking::FollowedHold& followed : content.holds) {
        feed.events.push_back(words.event_of(followed));
    }
    std::ranges::stable_sort(feed.events, {}, &documents::FeedEvent::start);
    for (const FollowedSeries& followed : content.series) {
        feed.series.push_back(series_of(words, followed));
    }
    return feed;
}

/// Leaves out what begins at the horizon or later.
void cut_at(documents::Feed& feed, sys_seconds horizon) {
    std::erase_if(feed.events,
                  [&](const documents::FeedEvent& event) { return event.start >= horizon; });
    for (documents::FeedSeries& series : feed.series) {
        std::erase_if(series.dates,
                      [&](const documents::FeedDate& date) { return date.event.start >= horizon; });
    }
    std::erase_if(feed.series,
                  [](const documents::FeedSeries& series) { return series.dates.empty(); });
}

/// A horizon before which three quarters of what there is begin.
sys_seconds nearer_horizon(const documents::Feed& feed) {
    std::vector<sys_seconds> starts;
    for (const documents::FeedEvent& event : feed.events) {
        starts.push_back(event.start);
    }
    for (const documents::FeedSeries& series : feed.series) {
        for (const documents::FeedDate& date : series.dates) {
            starts.push_back(date.event.start);
        }
    }
    if (starts.empty()) {
        throw std::logic_error("a calendar of nothing is too long");
    }
    std::ranges::sort(starts);
    return starts[starts.size() * 3 / 4];
}

/// Says where the calendar ends and that there is more: a file that just stopped would read as
/// free.
documents::FeedEvent note_of(const FeedContent& content, sys_seconds horizon) {
    const bool english = content.reader.locale == people::Locale::en;
    documents::FeedEvent note;
    note.uid = "more-" + std::to_string(horizon.time_since_epoch().count()) + '-' +
               digits_of(content.feed.id) + '@' + content.town_key;
    note.changed = content.feed.created_at;
    note.start = horizon;
    note.end = horizon + std::chrono::hours(1);
    note.time_zone = content.town_zone;
    note.busy = false;
    note.summary = english ? "This calendar ends here: more dates on the town's site"
                           : "Ce calendrier s'arrête ici : la suite est sur le site de la commune";
    note.description = english ? "Everything before this time is shown, nothing after it. Later "
                                 "dates come into the calendar as time goes on."
                               : "Tout ce qui précède est affiché, rien de ce qui suit. Les dates "
                                 "suivantes apparaîtront avec le temps.";
    return note;
}

/// The feed up to a horizon, with a note that it ends there.
tl::expected<std::string, documents::FeedFault> text_until(documents::Feed& feed,
                                                           const FeedContent& content,
                                                           sys_seconds horizon) {
    cut_at(feed, horizon);
    feed.events.push_back(note_of(content, horizon));
    auto text = documents::feed_calendar(feed);
    feed.events.pop_back();
    return text;
}

}  // namespace

nlohmann::json to_json(const booking::Feed& feed) {
    return {{"id", static_cast<std::int64_t>(feed.id)},
            {"kind", booking::word_of(feed.kind)},
            {"subject_id", feed.subject},
            {"subject_name", feed.subject_name},
            {"booking_kind", feed.booking_kind.empty() ? nlohmann::json(nullptr)
                                                       : nlohmann::json(feed.booking_kind)},
            {"created_at", to_rfc3339(feed.created_at)}};
}

std::string calendar_text(const FeedContent& content) {
    documents::Feed feed = feed_of(content);
    auto text = content.horizon ? text_until(feed, content, *content.horizon)
                                : documents::feed_calendar(feed);
    while (text && text->size() > kLargestCalendar) {
        text = text_until(feed, content, nearer_horizon(feed));
    }
    if (!text) {
        throw std::runtime_error("a site's time zone is unknown to this machine");
    }
    return *std::move(text);
}

}  // namespace creneau::http

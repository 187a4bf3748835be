#include "api/booking/subscriptions/inform_services.hpp"

#include "api/booking/affair.hpp"
#include "api/booking/booking_types.hpp"
#include "api/booking/estate_store.hpp"
#include "api/booking/local_time.hpp"
#include "api/booking/subscriptions/departure_store.hpp"
#include "api/booking/subscriptions/subscription_store.hpp"
#include "api/booking/subscriptions/subscription_types.hpp"
#include "api/mail/facts.hpp"
#include "api/mail/news_facts.hpp"
#include "api/mail/outbox_store.hpp"
#include "api/store/session.hpp"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

namespace creneau::booking {

namespace {

constexpr std::size_t kDateLength = 10;

struct News {
    TownId town{};
    std::chrono::sys_seconds now;
    bool daily = false;
    std::vector<mail::NewsItem> items;
};

mail::NewsItem item_of(const Affair& affair, BookingChange change) {
    return {std::string(word_of(change)),    static_cast<std::int64_t>(affair.booking.id),
            affair.place.room.name,          affair.place.site.name,
            affair.booking.slot.local_start, affair.booking.slot.local_end,
            affair.association_name,         {}};
}

/// Whom to call at the sites that the news is about.
std::vector<mail::SiteHelp> helps_of(store::Session& session, const News& news) {
    std::vector<mail::SiteHelp> helps;
    for (const Site& site : list_sites(session, news.town)) {
        if (std::ranges::find(news.items, site.name, &mail::NewsItem::site) != news.items.end()) {
            helps.push_back({site.name, site.help_contact, site.help_hours});
        }
    }
    return helps;
}

/// Who it is for: every service of the address that has news.
std::string joined(const std::set<std::string>& services) {
    std::string names;
    for (const std::string& service : services) {
        names += (names.empty() ? "" : ", ") + service;
    }
    return names;
}

void queue(store::Session& session, const Subscriber& subscriber, News news) {
    const TownWords town = select_town_words(session, news.town);
    mail::NewsFacts facts{
        subscriber.service, news.daily, town.name, town.service,           town.email,
        town.phone,         {},         0,         helps_of(session, news)};
    facts.items = std::move(news.items);
    if (facts.items.size() > mail::kMostNews) {
        facts.others = static_cast<std::int64_t>(facts.items.size() - mail::kMostNews);
        facts.items.resize(mail::kMostNews);
    }
    mail::NewMail mail;
    mail.town_id = static_cast<std::int64_t>(news.town);
    mail.template_word = mail::word_of(mail::Template::news);
    mail.person_id = static_cast<std::int64_t>(subscriber.created_by);
    mail.subscription_id = static_cast<std::int64_t>(subscriber.id);
    mail.facts = mail::to_json(facts);
    mail.now = news.now;
    mail::add_to_outbox(session, mail);
}

/// What one address reads in one language, by the first of its subscriptions that has news.
struct Reading {
    Subscriber reader;
    std::set<std::string> services;  ///< all whose news these are
    std::vector<mail::NewsItem> items;
};
using ByAddress = std::map<std::pair<std::string, std::string>, Reading>;

/// One line says what became of a booking, that of where it was before rather than another.
void add(ByAddress& mails, const Subscriber& subscriber, mail::NewsItem item) {
    auto& mail = mails.try_emplace({subscriber.email, subscriber.locale}).first->second;
    if (mail.services.empty()) {
        mail.reader = subscriber;
    }
    mail.services.insert(subscriber.service);
    auto& items = mail.items;
    const auto same = std::ranges::find_if(items, [&item](const mail::NewsItem& other) {
        return other.booking_id == item.booking_id && other.change == item.change;
    });
    if (same == items.end()) {
        items.push_back(std::move(item));
    } else if (item.previous) {
        *same = std::move(item);
    }
}

/// Who is told of a booking that goes from `left`, when it was somewhere else, to where it is now.
std::vector<Subscriber> subscribers_of(store::Session& session, TownId town, ToldOf what,
                                       RoomId left) {
    auto subscribers = select_told_at_once(session, town, what);
    if (left != what.room) {
        what.room = left;
        for (Subscriber& one : select_told_at_once(session, town, what)) {
            subscribers.push_back(std::move(one));
        }
    }
    return subscribers;
}

TownMoment moment_of(store::Session& session, TownId town, std::chrono::sys_seconds now) {
    const std::string local = local_time_of(now, select_town_words(session, town).time_zone);
    return {local.substr(0, kDateLength), local.substr(kDateLength + 1)};
}

}  // namespace

std::optional<BookingChange> change_in(mail::Template name) {
    switch (name) {
        case mail::Template::booking_received:
        case mail::Template::series_received:
            return BookingChange::requested;
        case mail::Template::booking_approved:
        case mail::Template::series_approved:
            return BookingChange::approved;
        case mail::Template::booking_refused:
        case mail::Template::series_refused:
            return BookingChange::refused;
        case mail::Template::booking_cancelled:
        case mail::Template::series_cancelled:
            return BookingChange::cancelled;
        case mail::Template::booking_moved:
        case mail::Template::booking_released:
        case mail::Template::series_moved:
            return BookingChange::moved;
        case mail::Template::booking_retimed:
        case mail::Template::series_retimed:
        case mail::Template::booking_closure:
        case mail::Template::series_closure:
        case mail::Template::wait_joined:
        case mail::Template::wait_ended:
        case mail::Template::hold_placed:
        case mail::Template::wait_offered:
        case mail::Template::hold_withdrawn:
        case mail::Template::hold_expired:
        case mail::Template::offer_lapsed:
        case mail::Template::pass_ready:
        case mail::Template::round_result:
        case mail::Template::round_wish:
        case mail::Template::booking_reminder:
        case mail::Template::paper_expiring:
        case mail::Template::pass_handed:
        case mail::Template::news:
        case mail::Template::account_invitation:
        case mail::Template::account_password_reset:
        case mail::Template::account_sign_in_code:
        case mail::Template::account_password_set:
        case mail::Template::account_second_factor_on:
        case mail::Template::account_second_factor_reset:
        case mail::Template::account_recovery_code_used:
        case mail::Template::account_address_changed:
        case mail::Template::account_managers_changed:
        case mail::Template::account_rights_watched:
        case mail::Template::account_unused:
        case mail::Template::staff_movement:
        case mail::Template::site_lockdown:
        case mail::Template::door_alarm:
            return std::nullopt;
    }
    return std::nullopt;
}

void inform_services(store::Session& session, BookingChange change,
                     const std::vector<Affair>& changed, const LeftPlaces& left) {
    const Affair& first = changed.front();
    const bool of_association = first.booking.association.has_value();
    using Alike = std::tuple<RoomId, RoomId, std::string>;  // room, the one before, kind
    std::map<Alike, std::vector<Subscriber>> told;
    ByAddress mails;
    for (const Affair& affair : changed) {
        const Booking& booking = affair.booking;
        const auto former = left.find(booking.id);
        const RoomId before = former == left.end() ? booking.room : former->second.room;
        const auto [subscribers, is_new] = told.try_emplace({booking.room, before, booking.kind});
        if (is_new) {
            subscribers->second = subscribers_of(
                session, first.town, {change, booking.room, booking.kind, of_association}, before);
        }
        auto item = item_of(affair, change);
        if (former != left.end()) {
            item.previous = former->second.slot;
        }
        for (const Subscriber& subscriber : subscribers->second) {
            add(mails, subscriber, item);
        }
    }
    for (auto& [address, mail] : mails) {
        mail.reader.service = joined(mail.services);
        queue(session, mail.reader, {first.town, first.now, false, std::move(mail.items)});
    }
}

bool has_due_digest(store::Session& session, TownId town, std::chrono::sys_seconds now) {
    return !select_due_daily(session, town, moment_of(session, town, now)).empty();
}

void queue_digests(store::Session& session, TownId town, std::chrono::sys_seconds now) {
    const TownMoment moment = moment_of(session, town, now);
    ByAddress mails;
    for (const Subscriber& subscriber : select_due_daily(session, town, moment)) {
        auto items = select_news(session, town, subscriber);
        std::ranges::move(select_departed(session, town, subscriber.id), std::back_inserter(items));
        if (mark_told(session, town, subscriber, moment.date)) {
            for (mail::NewsItem& item : items) {
                add(mails, subscriber, std::move(item));
            }
        }
    }
    for (auto& [address, mail] : mails) {
        std::ranges::stable_sort(mail.items, {}, &mail::NewsItem::local_start);
        mail.reader.service = joined(mail.services);
        queue(session, mail.reader, {town, now, true, std::move(mail.items)});
    }
}

}  // namespace creneau::booking

#include "api/booking/rounds/tell_associations.hpp"

#include "api/booking/booking_error.hpp"
#include "api/booking/booking_types.hpp"
#include "api/booking/estate_store.hpp"
#include "api/booking/papers/missing_papers.hpp"
#include "api/booking/papers/paper_types.hpp"
#include "api/booking/rounds/manage_rounds.hpp"
#include "api/booking/rounds/round_reader.hpp"
#include "api/booking/rounds/round_rules.hpp"
#include "api/booking/rounds/round_types.hpp"
#include "api/booking/rounds/round_wish_store.hpp"
#include "api/booking/series/find_series.hpp"
#include "api/booking/series/series_types.hpp"
#include "api/booking/subscriptions/subscription_store.hpp"
#include "api/mail/facts.hpp"
#include "api/mail/outbox_store.hpp"
#include "api/mail/round_facts.hpp"
#include "api/people/person.hpp"
#include "api/store/present.hpp"
#include "api/store/session.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace creneau::booking {

namespace {

mail::Words shortened(const Sentence& sentence) {
    return {mail::shortened(sentence.fr), mail::shortened(sentence.en)};
}

mail::WeekSlotFacts facts_of(const WeekHours& hours) {
    return {std::string(word_of(hours.day)), hours.start, hours.end};
}

mail::Words why_missed(const MissedDate& missed) {
    Sentence why;
    for (const MissedReason& reason : missed.reasons) {
        why.fr += (why.fr.empty() ? "" : " ") + reason.detail.fr;
        why.en += (why.en.empty() ? "" : " ") + reason.detail.en;
    }
    return shortened(why);
}

/// What the mail of one association is made of.
struct Telling {
    store::Session& session;
    TownId town{};
    const people::Person& reader;
    mail::RoundFacts facts;
    std::size_t missed = 0;  ///< days that are in the facts
};

void add_missed(Telling& telling, const SeriesView& series, mail::RoundItem& item) {
    for (const MissedDate& missed : series.missed) {
        if (telling.missed < mail::kMostMissedDays) {
            item.missed.push_back({missed.date, why_missed(missed)});
            ++telling.missed;
        } else {
            ++telling.facts.other_missed;
        }
    }
}

void add_papers(Telling& telling, const SeriesView& series) {
    for (const MissingFrom& missing : series.missing_papers) {
        const Sentence name = name_of(missing.kind);
        const mail::Words words{name.fr, name.en};
        auto& papers = telling.facts.papers;
        if (std::ranges::find(papers, words) == papers.end()) {
            papers.push_back(words);
        }
    }
}

void add_series(Telling& telling, SeriesId id, mail::RoundItem& item) {
    const auto series = find_series(telling.session, telling.town, telling.reader, id);
    if (!series) {
        return;
    }
    item.series_id = static_cast<std::int64_t>(id);
    item.dates = static_cast<std::int64_t>(series->occurrences.size());
    add_missed(telling, *series, item);
    add_papers(telling, *series);
}

/// The room's name; whom to call at its site goes into the facts.
std::string room_in(Telling& telling, RoomId room) {
    auto place = store::present(find_place(telling.session, telling.town, room), "room of a wish");
    auto& helps = telling.facts.helps;
    if (std::ranges::find(helps, place.site.name, &mail::SiteHelp::site) == helps.end()) {
        helps.push_back({place.site.name, place.site.help_contact, place.site.help_hours});
    }
    return std::move(place.room.name);
}

void add_wish(Telling& telling, const RoundWish& wish) {
    const RoundDecision& decision = store::present(wish.decision, "decision on a published wish");
    mail::RoundItem item;
    item.wish_id = static_cast<std::int64_t>(wish.id);
    item.purpose = mail::shortened(wish.form.purpose);
    item.wished = facts_of(wish.form.hours);
    item.why = shortened(decision.why);
    item.waits = wish.waits;
    std::string room =
        room_in(telling, decision.place ? decision.place->room : wish.form.rooms.front());
    if (decision.place) {
        item.room = std::move(room);
        item.given = facts_of(decision.place->hours);
    }
    if (wish.series) {
        add_series(telling, *wish.series, item);
    }
    telling.facts.items.push_back(std::move(item));
}

void tell(store::Session& session, const ChangeRound& change, const Round& round,
          const std::vector<RoundWish>& wishes) {
    const auto reader = reader_of(session, change.town, wishes.front().form, change.actor);
    const TownWords words = select_town_words(session, change.town);
    const std::string& association = wishes.front().association_name;
    Telling telling{session, change.town, reader.person, {}, 0};
    telling.facts.round = round.name;
    telling.facts.association = association;
    telling.facts.booker = reader.is_manager ? reader.person.name : association;
    telling.facts.town = words.name;
    telling.facts.service = words.service;
    telling.facts.town_email = words.email;
    telling.facts.town_phone = words.phone;
    for (const RoundWish& wish : wishes) {
        add_wish(telling, wish);
    }
    mail::NewMail mail = mail_to(reader, change.town, wishes.front(), change.now);
    mail.template_word = mail::word_of(mail::Template::round_result);
    mail.facts = mail::to_json(telling.facts);
    mail::add_to_outbox(session, mail);
}

}  // namespace

void tell_associations(store::Session& session, const ChangeRound& change, const Round& round) {
    RoundWishQuery query;
    query.round = round.id;
    query.limit = kMostWishes;
    std::map<AssociationId, std::vector<RoundWish>> by_association;
    for (RoundWish& wish : select_wishes(session, change.town, query)) {
        by_association[wish.form.association].push_back(std::move(wish));
    }
    for (const auto& [association, wishes] : by_association) {
        tell(session, change, round, wishes);
    }
}

}  // namespace creneau::booking

#include "api/booking/papers/paper_alerts.hpp"

#include "api/access/access_types.hpp"
#include "api/booking/booking_error.hpp"
#include "api/booking/booking_store.hpp"
#include "api/booking/booking_types.hpp"
#include "api/booking/papers/paper_alert_store.hpp"
#include "api/booking/papers/paper_rules.hpp"
#include "api/booking/papers/paper_types.hpp"
#include "api/booking/rounds/round_wish_store.hpp"
#include "api/booking/series/local_date.hpp"
#include "api/booking/subscriptions/subscription_store.hpp"
#include "api/mail/facts.hpp"
#include "api/mail/outbox_store.hpp"
#include "api/mail/paper_facts.hpp"
#include "api/people/people_store.hpp"
#include "api/people/person.hpp"
#include "api/store/readers.hpp"
#include "api/store/session.hpp"
#include "api/store/writer.hpp"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <tl/expected.hpp>

namespace creneau::booking {

namespace {

/// No write waits for long; the others follow with the next tick.
constexpr std::size_t kMostAtOnce = 50;

struct DueAlert {
    EndingPaper ending;
    int days = 0;
};

std::vector<DueAlert> due_alerts(store::Session& session, TownId town, const TownWords& words,
                                 std::chrono::sys_seconds now) {
    const LocalDate today = local_date_of(now, words.time_zone);
    const EndingDays range{text_of(plus_days(today, -kAlertDays.at(1))),
                           text_of(plus_days(today, kAlertDays.front()))};
    std::vector<DueAlert> due;
    for (EndingPaper& ending : select_ending(session, town, range, now)) {
        const auto last = parse_date(ending.paper.valid_until);
        const auto days = last ? alert_due(*last, today) : std::nullopt;
        if (days && *days < ending.told && due.size() < kMostAtOnce) {
            due.push_back({std::move(ending), *days});
        }
    }
    return due;
}

/// Whom a mail goes to. Nobody: to the association itself.
std::vector<PersonId> readers_of(store::Session& session, TownId town,
                                 const access::Holder& holder) {
    if (holder.kind == access::HolderKind::person) {
        return {PersonId{holder.id}};
    }
    return managers_of(session, town, AssociationId{holder.id});
}

/// The facts but for who reads them.
mail::PaperFacts facts_of(const DueAlert& alert, const TownWords& words) {
    const Sentence name = name_of(alert.ending.paper.kind);
    mail::PaperFacts facts;
    facts.paper = {name.fr, name.en};
    facts.expired = alert.days == 0;
    facts.valid_until = alert.ending.paper.valid_until;
    facts.first_day = alert.ending.first_day;
    facts.town = words.name;
    facts.service = words.service;
    facts.town_email = words.email;
    facts.town_phone = words.phone;
    return facts;
}

void tell(store::Session& session, TownId town, const DueAlert& alert, const TownWords& words,
          std::chrono::sys_seconds now) {
    const Paper& paper = alert.ending.paper;
    mail::PaperFacts facts = facts_of(alert, words);
    facts.helps = select_helps_of(session, town, paper.id, now);
    mail::NewMail mail;
    mail.town_id = static_cast<std::int64_t>(town);
    mail.template_word = mail::word_of(mail::Template::paper_expiring);
    mail.now = now;
    if (paper.holder.kind == access::HolderKind::association) {
        facts.association = select_association_name(session, town, AssociationId{paper.holder.id});
    }
    const auto readers = readers_of(session, town, paper.holder);
    for (const PersonId reader : readers) {
        if (const auto person = people::find_person(session, town, reader)) {
            facts.booker = person->name;
            mail.person_id = static_cast<std::int64_t>(reader);
            mail.facts = mail::to_json(facts);
            mail::add_to_outbox(session, mail);
        }
    }
    if (readers.empty()) {
        facts.booker = facts.association;
        mail.person_id = static_cast<std::int64_t>(paper.recorded_by);
        mail.association_id = paper.holder.id;
        mail.facts = mail::to_json(facts);
        mail::add_to_outbox(session, mail);
    }
}

}  // namespace

std::size_t queue_paper_alerts(store::Session& session, TownId town, std::chrono::sys_seconds now) {
    const TownWords words = select_town_words(session, town);
    const auto due = due_alerts(session, town, words, now);
    for (const DueAlert& alert : due) {
        mark_alerted(session, town, alert.ending.paper.id, alert.days, now);
        tell(session, town, alert, words, now);
    }
    return due.size();
}

void queue_due_paper_alerts(store::Readers& readers, store::Writer& writer, TownId town,
                            std::chrono::sys_seconds now) {
    const bool any = readers.read([&](store::Session& session) {
        return !due_alerts(session, town, select_town_words(session, town), now).empty();
    });
    if (any) {
        // What is not written now is written by a later tick.
        (void)writer.run([town, now](store::Session& session) -> tl::expected<bool, bool> {
            queue_paper_alerts(session, town, now);
            return true;
        });
    }
}

}  // namespace creneau::booking

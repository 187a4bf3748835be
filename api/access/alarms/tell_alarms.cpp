#include "api/access/alarms/tell_alarms.hpp"

#include "api/access/access_types.hpp"
#include "api/access/alarms/alarm_rules.hpp"
#include "api/access/alarms/alarm_store.hpp"
#include "api/access/alarms/alarm_types.hpp"
#include "api/access/doors/site_time.hpp"
#include "api/mail/alarm_facts.hpp"
#include "api/mail/facts.hpp"
#include "api/mail/outbox_store.hpp"
#include "api/mail/template_words.hpp"
#include "api/people/ids.hpp"
#include "api/people/town_words_store.hpp"
#include "api/store/column.hpp"
#include "api/store/session.hpp"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace creneau::access {

namespace {

using store::raw;

/// What one address reads in one language, by the first of its subscriptions.
struct Reading {
    AlarmReader reader;
    std::set<std::string> services;
    std::vector<mail::AlarmItem> items;
    std::vector<mail::SiteHelp> helps;
};
using ByAddress = std::map<std::pair<std::string, std::string>, Reading>;

mail::AlarmItem item_of(const Alarm& alarm, const AlarmPlace& place) {
    return {std::string(word_of(alarm.subject.kind)),
            place.site,
            place.agent,
            place.door,
            site_time_of(alarm.begun_at, place.time_zone),
            alarm.ended_at ? site_time_of(*alarm.ended_at, place.time_zone) : std::string()};
}

void add(ByAddress& mails, const AlarmReader& reader, const Alarm& alarm, const AlarmPlace& place) {
    auto& mail = mails.try_emplace({reader.email, reader.locale}).first->second;
    if (mail.services.empty()) {
        mail.reader = reader;
    }
    mail.services.insert(reader.service);
    const auto item = item_of(alarm, place);
    if (std::ranges::find(mail.items, item) != mail.items.end()) {
        return;  // of another subscription of that address
    }
    mail.items.push_back(item);
    if (std::ranges::find(mail.helps, place.site, &mail::SiteHelp::site) == mail.helps.end()) {
        mail.helps.push_back({place.site, place.help_contact, place.help_hours});
    }
}

std::string joined(const std::set<std::string>& services) {
    std::string names;
    for (const std::string& service : services) {
        names += names.empty() ? "" : ", ";
        names += service;
    }
    return names;
}

void queue(store::Session& session, TownId town, Reading reading, std::chrono::sys_seconds now) {
    const auto words = people::find_town_words(session, people::TownId{raw(town)});
    mail::AlarmFacts facts;
    facts.subscriber = joined(reading.services);
    facts.items = std::move(reading.items);
    if (facts.items.size() > mail::kMostAlarms) {
        facts.others = static_cast<std::int64_t>(facts.items.size() - mail::kMostAlarms);
        facts.items.resize(mail::kMostAlarms);
    }
    facts.helps = std::move(reading.helps);
    facts.town = words.name;
    facts.service = words.service;
    facts.town_email = words.email;
    facts.town_phone = words.phone;
    mail::NewMail mail;
    mail.town_id = raw(town);
    mail.template_word = mail::word_of(mail::Template::door_alarm);
    mail.person_id = reading.reader.created_by;
    mail.subscription_id = reading.reader.subscription;
    mail.facts = mail::to_json(facts);
    mail.now = now;
    mail::add_to_outbox(session, mail);
}

}  // namespace

void tell_of_alarms(store::Session& session, TownId town, const std::vector<Alarm>& changed,
                    std::chrono::sys_seconds now) {
    ByAddress mails;
    for (const Alarm& alarm : changed) {
        const auto readers = is_told(alarm, now)
                                 ? select_alarm_readers(session, town, alarm.subject)
                                 : std::vector<AlarmReader>();
        if (readers.empty()) {
            continue;
        }
        const auto place = select_alarm_place(session, town, alarm.subject);
        for (const AlarmReader& reader : readers) {
            add(mails, reader, alarm, place);
        }
    }
    for (auto& [address, mail] : mails) {
        queue(session, town, std::move(mail), now);
    }
}

}  // namespace creneau::access

#include "api/booking/rounds/acknowledge_wish.hpp"

#include "api/booking/booking_types.hpp"
#include "api/booking/equipment/equipment_store.hpp"
#include "api/booking/equipment/equipment_types.hpp"
#include "api/booking/estate_store.hpp"
#include "api/booking/room_rules.hpp"
#include "api/booking/rounds/manage_rounds.hpp"
#include "api/booking/rounds/round_reader.hpp"
#include "api/booking/rounds/round_types.hpp"
#include "api/booking/series/local_date.hpp"
#include "api/booking/series/series_types.hpp"
#include "api/mail/facts.hpp"
#include "api/mail/outbox_store.hpp"
#include "api/mail/round_facts.hpp"
#include "api/people/person.hpp"
#include "api/store/present.hpp"
#include "api/store/session.hpp"

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>

namespace creneau::booking {

namespace {

void add_place(mail::WishFacts& facts, const Place& place, std::string_view layout) {
    facts.rooms.push_back(place.room.name);
    if (std::ranges::find(facts.helps, place.site.name, &mail::SiteHelp::site) ==
        facts.helps.end()) {
        facts.helps.push_back({place.site.name, place.site.help_contact, place.site.help_hours});
    }
    const auto found = std::ranges::find(place.rules.layouts, layout, &Layout::key);
    if (facts.layout.empty() && found != place.rules.layouts.end()) {
        facts.layout = found->name;
    }
    facts.town = place.town.name;
    facts.service = place.town.service;
    facts.service_address = place.town.legal.service_address;
    facts.town_email = place.town.email;
    facts.town_phone = place.town.phone;
}

void add_form(store::Session& session, TownId town, const WishForm& form, mail::WishFacts& facts) {
    facts.wished = {std::string(word_of(form.hours.day)), form.hours.start, form.hours.end};
    for (const RoomId room : form.rooms) {
        add_place(facts, store::present(find_place(session, town, room), "room of a wish"),
                  form.layout);
    }
    facts.attendees = form.attendees;
    facts.purpose = form.purpose;
    for (const EquipmentOrder& order : form.equipment) {
        const auto thing =
            store::present(find_equipment(session, town, order.id), "equipment of a wish");
        facts.equipment.push_back({thing.name, order.quantity});
    }
}

void add_dates(store::Session& session, const WishStep& step, const RoundWish& wish,
               mail::WishFacts& facts) {
    const LocalDate today = today_in(session, step.town, step.now);
    facts.received_on = text_of(today_in(session, step.town, wish.stated_at));
    if (step.step != "stated") {
        facts.changed_on = text_of(today);
    }
    facts.wishes_until = text_of(step.round.wishes_until);
    facts.may_change = step.round.status == RoundStatus::open && today <= step.round.wishes_until;
    facts.season_first = text_of(step.round.season_first);
    facts.season_last = text_of(step.round.season_last);
}

}  // namespace

void acknowledge_wish(store::Session& session, const WishStep& step, const RoundWish& wish) {
    const auto reader = reader_of(session, step.town, wish.form, step.actor.id);
    mail::WishFacts facts;
    facts.step = step.step;
    facts.by_office = !step.actor.manages(wish.form.association);
    facts.round = step.round.name;
    facts.association = wish.association_name;
    facts.booker = reader.is_manager ? reader.person.name : wish.association_name;
    facts.wish_id = static_cast<std::int64_t>(wish.id);
    add_form(session, step.town, wish.form, facts);
    add_dates(session, step, wish, facts);
    mail::NewMail mail = mail_to(reader, step.town, wish, step.now);
    mail.template_word = mail::word_of(mail::Template::round_wish);
    mail.facts = mail::to_json(facts);
    mail::add_to_outbox(session, mail);
}

}  // namespace creneau::booking

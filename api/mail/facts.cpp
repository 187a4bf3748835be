#include "api/mail/facts.hpp"

#include "api/mail/date_words.hpp"
#include "api/mail/legal_facts.hpp"
#include "api/mail/series_facts.hpp"
#include "api/mail/wait_facts.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

namespace creneau::mail {
namespace {

using nlohmann::json;

constexpr std::size_t kLargestFacts = std::size_t{64} * 1024;

struct TextFact {
    const char* name;
    std::string BookingFacts::* member;
};

// What every writer of facts gives, and what older rows may lack.
constexpr std::array<TextFact, 20> kTexts{{
    {"room", &BookingFacts::room},
    {"site", &BookingFacts::site},
    {"site_address", &BookingFacts::site_address},
    {"local_start", &BookingFacts::local_start},
    {"local_end", &BookingFacts::local_end},
    {"time_zone", &BookingFacts::time_zone},
    {"window_start_local", &BookingFacts::window_start_local},
    {"window_end_local", &BookingFacts::window_end_local},
    {"purpose", &BookingFacts::purpose},
    {"association", &BookingFacts::association},
    {"booker", &BookingFacts::booker},
    {"ground", &BookingFacts::ground},
    {"ground_text", &BookingFacts::ground_text},
    {"help_contact", &BookingFacts::help_contact},
    {"help_hours", &BookingFacts::help_hours},
    {"town", &BookingFacts::town},
    {"service", &BookingFacts::service},
    {"town_email", &BookingFacts::town_email},
    {"town_phone", &BookingFacts::town_phone},
    {"received_on", &BookingFacts::received_on},
}};
constexpr std::array<TextFact, 4> kOptionalTexts{{
    {"asked_by", &BookingFacts::asked_by},
    {"ground_fr", &BookingFacts::ground_fr},
    {"ground_en", &BookingFacts::ground_en},
    {"status", &BookingFacts::status},
}};

struct NumberFact {
    const char* name;
    std::int64_t BookingFacts::* member;
};

constexpr std::array<NumberFact, 5> kNumbers{{
    {"booking_id", &BookingFacts::booking_id},
    {"start_at", &BookingFacts::start_at},
    {"end_at", &BookingFacts::end_at},
    {"attendees", &BookingFacts::attendees},
    {"sequence", &BookingFacts::sequence},
}};

/// Takes facts out of an object; remembers the first that is wrong.
class FactsReader {
  public:
    explicit FactsReader(const json& object) : object_(object) {}

    std::string text(const char* name) {
        const json* value = find(name);
        if (value == nullptr || !value->is_string()) {
            fail(name, "a text is expected");
            return {};
        }
        return value->get<std::string>();
    }

    void optional_text(const char* name, std::string& into) {
        if (find(name) != nullptr) {
            into = text(name);
        }
    }

    std::int64_t number(const char* name) {
        const json* value = find(name);
        if (value == nullptr || !value->is_number_integer()) {
            fail(name, "a whole number is expected");
            return 0;
        }
        return value->get<std::int64_t>();
    }

    /// A fact that is there and not null.
    const json* find(const char* name) const {
        const auto found = object_.find(name);
        return found == object_.end() || found->is_null() ? nullptr : &*found;
    }

    const json* array(const char* name) {
        const json* value = find(name);
        if (value == nullptr || !value->is_array()) {
            fail(name, "a list is expected");
            return nullptr;
        }
        return value;
    }

    void local_time(const char* name, const std::string& value) {
        if (!parse_local_time(value)) {
            fail(name, "a local time YYYY-MM-DDTHH:MM is expected");
        }
    }

    void fail(std::string field, std::string detail) {
        if (!error) {
            error = FactsError{std::move(field), std::move(detail)};
        }
    }

    std::optional<FactsError> error;

  private:
    const json& object_;
};

void read_lists(FactsReader& reader, BookingFacts& facts) {
    if (const json* doors = reader.array("doors")) {
        for (const json& door : *doors) {
            if (!door.is_string()) {
                reader.fail("doors", "names are expected");
                return;
            }
            facts.doors.push_back(door.get<std::string>());
        }
    }
    if (const json* ways = reader.array("ways_in")) {
        for (const json& way : *ways) {
            if (!way.is_object()) {
                reader.fail("ways_in", "objects are expected");
                return;
            }
            FactsReader inner(way);
            facts.ways_in.push_back(
                {inner.text("way"), inner.text("note_fr"), inner.text("note_en")});
            if (inner.error) {
                reader.fail("ways_in/" + inner.error->field, inner.error->detail);
            }
        }
    }
}

void read_previous(FactsReader& reader, BookingFacts& facts) {
    const json* previous = reader.find("previous");
    if (previous == nullptr) {
        return;
    }
    if (!previous->is_object()) {
        reader.fail("previous", "an object is expected");
        return;
    }
    FactsReader inner(*previous);
    FormerSlot slot{inner.text("room"), inner.text("local_start"), inner.text("local_end")};
    inner.local_time("local_start", slot.local_start);
    inner.local_time("local_end", slot.local_end);
    if (inner.error) {
        reader.fail("previous/" + inner.error->field, inner.error->detail);
    }
    facts.previous = std::move(slot);
}

void read_closure(FactsReader& reader, BookingFacts& facts) {
    const json* closure = reader.find("closure");
    if (closure == nullptr) {
        return;
    }
    if (!closure->is_object()) {
        reader.fail("closure", "an object is expected");
        return;
    }
    FactsReader inner(*closure);
    facts.closure = {inner.text("kind_fr"), inner.text("kind_en"), inner.text("reason"),
                     inner.text("local_start"), inner.text("local_end")};
    inner.local_time("local_start", facts.closure->local_start);
    inner.local_time("local_end", facts.closure->local_end);
    if (inner.error) {
        reader.fail("closure/" + inner.error->field, inner.error->detail);
    }
}

void read_held_things(FactsReader& reader, std::vector<HeldThing>& things) {
    if (reader.find("equipment") == nullptr) {
        return;
    }
    const json* list = reader.array("equipment");
    for (const json& thing : list == nullptr ? json::array() : *list) {
        if (!thing.is_object()) {
            reader.fail("equipment", "objects are expected");
            return;
        }
        FactsReader inner(thing);
        things.push_back({inner.text("name"), inner.number("quantity")});
        if (inner.error) {
            reader.fail("equipment/" + inner.error->field, inner.error->detail);
        }
    }
}

void read_hold(FactsReader& reader, BookingFacts& facts) {
    const json* hold = reader.find("hold");
    if (hold == nullptr) {
        return;
    }
    if (!hold->is_object()) {
        reader.fail("hold", "an object is expected");
        return;
    }
    FactsReader inner(*hold);
    facts.hold = {inner.number("hold_id"), inner.text("until")};
    inner.local_time("until", facts.hold->until);
    read_held_things(inner, facts.hold->equipment);
    if (inner.error) {
        reader.fail("hold/" + inner.error->field, inner.error->detail);
    }
}

/// A fact that another file reads; `expected` says of what.
template <class Part>
void read_part(FactsReader& reader, const char* name, std::optional<Part>& part,
               std::optional<Part> (*parse)(const json&), const char* expected) {
    const json* value = reader.find(name);
    if (value == nullptr) {
        return;
    }
    part = parse(*value);
    if (!part) {
        reader.fail(name, expected);
    }
}

void read_papers(FactsReader& reader, BookingFacts& facts) {
    if (reader.find("missing_papers") == nullptr) {
        return;
    }
    const json* papers = reader.array("missing_papers");
    for (const json& paper : papers == nullptr ? json::array() : *papers) {
        if (!paper.is_object()) {
            reader.fail("missing_papers", "objects are expected");
            return;
        }
        FactsReader inner(paper);
        MissingPaper missing{{inner.text("fr"), inner.text("en")}, inner.text("from")};
        if (!missing.from.empty() && !parse_local_date(missing.from)) {
            inner.fail("from", "a date YYYY-MM-DD is expected");
        }
        if (inner.error) {
            reader.fail("missing_papers/" + inner.error->field, inner.error->detail);
        }
        facts.missing_papers.push_back(std::move(missing));
    }
}

void check_times(FactsReader& reader, const BookingFacts& facts) {
    reader.local_time("local_start", facts.local_start);
    reader.local_time("local_end", facts.local_end);
    if (!facts.window_start_local.empty() || !facts.window_end_local.empty()) {
        reader.local_time("window_start_local", facts.window_start_local);
        reader.local_time("window_end_local", facts.window_end_local);
    }
    if (!parse_local_date(facts.received_on)) {
        reader.fail("received_on", "a date YYYY-MM-DD is expected");
    }
    if (facts.end_at <= facts.start_at) {
        reader.fail("end_at", "must be after start_at");
    }
}

}  // namespace

std::string to_json(const BookingFacts& facts) {
    json object = json::object();
    for (const TextFact& fact : kTexts) {
        object[fact.name] = facts.*fact.member;
    }
    for (const TextFact& fact : kOptionalTexts) {
        object[fact.name] = facts.*fact.member;
    }
    for (const NumberFact& fact : kNumbers) {
        object[fact.name] = facts.*fact.member;
    }
    object["doors"] = facts.doors;
    object["ways_in"] = json::array();
    for (const WayIn& way : facts.ways_in) {
        object["ways_in"].push_back(
            {{"way", way.way}, {"note_fr", way.note_fr}, {"note_en", way.note_en}});
    }
    if (facts.pass_number) {
        object["pass_number"] = *facts.pass_number;
    }
    if (facts.previous) {
        object["previous"] = {{"room", facts.previous->room},
                              {"local_start", facts.previous->local_start},
                              {"local_end", facts.previous->local_end}};
    }
    if (!facts.missing_papers.empty()) {
        object["missing_papers"] = json::array();
        for (const MissingPaper& paper : facts.missing_papers) {
            object["missing_papers"].push_back(
                {{"fr", paper.name.fr}, {"en", paper.name.en}, {"from", paper.from}});
        }
    }
    if (facts.closure) {
        object["closure"] = {{"kind_fr", facts.closure->kind_fr},
                             {"kind_en", facts.closure->kind_en},
                             {"reason", facts.closure->reason},
                             {"local_start", facts.closure->local_start},
                             {"local_end", facts.closure->local_end}};
    }
    if (facts.hold) {
        json& hold = object["hold"];
        hold = {{"hold_id", facts.hold->hold_id}, {"until", facts.hold->until}};
        for (const HeldThing& thing : facts.hold->equipment) {
            hold["equipment"].push_back({{"name", thing.name}, {"quantity", thing.quantity}});
        }
    }
    if (facts.wait) {
        object["wait"] = json_of(*facts.wait);
    }
    if (facts.legal) {
        object["legal"] = json_of(*facts.legal);
    }
    if (facts.series) {
        object["series"] = json_of(*facts.series);
    }
    return object.dump(-1, ' ', false, json::error_handler_t::replace);
}

tl::expected<BookingFacts, FactsError> parse_facts(std::string_view text) {
    if (text.size() > kLargestFacts) {
        return tl::unexpected(FactsError{"", "longer than 64 KiB"});
    }
    const json object = json::parse(text, nullptr, false);
    if (!object.is_object()) {
        return tl::unexpected(FactsError{"", "a JSON object is expected"});
    }
    BookingFacts facts;
    FactsReader reader(object);
    for (const TextFact& fact : kTexts) {
        facts.*fact.member = reader.text(fact.name);
    }
    for (const TextFact& fact : kOptionalTexts) {
        reader.optional_text(fact.name, facts.*fact.member);
    }
    for (const NumberFact& fact : kNumbers) {
        facts.*fact.member = reader.number(fact.name);
    }
    if (reader.find("pass_number") != nullptr) {
        facts.pass_number = reader.number("pass_number");
    }
    read_lists(reader, facts);
    read_previous(reader, facts);
    read_closure(reader, facts);
    read_hold(reader, facts);
    read_part(reader, "wait", facts.wait, parse_wait,
              "a place in the line, or why it ended, is expected");
    read_part(reader, "series", facts.series, parse_series,
              "dates, missed dates and reasons are expected");
    read_part(reader, "legal", facts.legal, parse_legal,
              "silence, appeal and address are expected");
    read_papers(reader, facts);
    check_times(reader, facts);
    if (reader.error) {
        return tl::unexpected(*reader.error);
    }
    return facts;
}

}  // namespace creneau::mail

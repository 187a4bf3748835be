#include "api/booking/room_rules.hpp"

#include "api/booking/booking_error.hpp"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

namespace creneau::booking {

namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::local_days;
using std::chrono::minutes;
using std::chrono::seconds;

std::string counted(std::int64_t count, const std::string& word) {
    return std::to_string(count) + " " + word + (count > 1 ? "s" : "");
}

/// In the largest unit that says it whole.
Sentence in_words(minutes time) {
    if (time % days(1) == minutes(0)) {
        return {counted(time / days(1), "jour"), counted(time / days(1), "day")};
    }
    if (time % hours(1) == minutes(0)) {
        return {counted(time / hours(1), "heure"), counted(time / hours(1), "hour")};
    }
    return {counted(time / minutes(1), "minute"), counted(time / minutes(1), "minute")};
}

bool on_grid(LocalMinutes at, minutes grid) {
    return (at - std::chrono::floor<days>(at)) % grid == minutes(0);
}

std::string joined_names(const std::vector<Group>& groups) {
    std::string names;
    for (const Group& group : groups) {
        names += (names.empty() ? "" : ", ") + group.name;
    }
    return names;
}

bool is_among(const Side& side, const std::vector<Group>& groups) {
    return std::ranges::any_of(groups, [&](const Group& group) {
        return std::ranges::find(side.groups, group.id) != side.groups.end();
    });
}

Sentence known_layouts(const std::vector<Layout>& layouts) {
    if (layouts.empty()) {
        return {"Cette salle n'a pas de configurations : n'en demandez pas.",
                "This room has no layouts: ask for none."};
    }
    std::string known;
    for (const Layout& layout : layouts) {
        known += (known.empty() ? "" : ", ") + layout.key;
    }
    return {"Configurations de cette salle : " + known + ".",
            "Layouts of this room: " + known + "."};
}

Failure not_admitted(const RoomRules& rules, const Side& side) {
    Failure failure;
    failure.field = "association_id";
    if (side.is_association) {
        failure.rule = Rule::association_may_not_book;
        failure.detail = {"Cette salle n'est pas ouverte aux associations",
                          "This room is not open to associations"};
    } else {
        failure.rule = Rule::individuals_may_not_book;
        failure.detail = {"Cette salle n'est pas ouverte aux particuliers",
                          "This room is not open to individuals"};
    }
    if (!side.is_association && rules.associations_may_book) {
        failure.detail = {"Cette salle est réservée aux associations",
                          "This room is for associations only"};
    }
    if (!rules.groups.empty()) {
        failure.detail.fr += " ; peuvent aussi réserver : " + joined_names(rules.groups);
        failure.detail.en += "; these may book too: " + joined_names(rules.groups);
    }
    failure.detail.fr += ".";
    failure.detail.en += ".";
    return failure;
}

}  // namespace

std::vector<Failure> check_notice(const NoticeRule& notice, seconds time_left) {
    std::vector<Failure> failures;
    if (notice.least > minutes(0) && time_left < notice.least) {
        const Sentence least = in_words(notice.least);
        failures.push_back({Rule::notice_too_short,
                            "start",
                            {"Il faut s'y prendre au moins " + least.fr + " avant le début.",
                             "This takes notice of at least " + least.en + " before the start."}});
    }
    if (notice.most > minutes(0) && time_left > notice.most) {
        const Sentence most = in_words(notice.most);
        failures.push_back({Rule::notice_too_long,
                            "start",
                            {"C'est possible au plus tôt " + most.fr + " avant le début.",
                             "This is possible at most " + most.en + " before the start."}});
    }
    return failures;
}

std::vector<Failure> check_length(const RoomRules& rules, seconds length) {
    std::vector<Failure> failures;
    if (length < rules.shortest) {
        const Sentence least = in_words(rules.shortest);
        failures.push_back(
            {Rule::too_short, "end", {"Au moins " + least.fr + ".", "At least " + least.en + "."}});
    }
    if (rules.longest > minutes(0) && length > rules.longest) {
        const Sentence most = in_words(rules.longest);
        failures.push_back(
            {Rule::too_long, "end", {"Au plus " + most.fr + ".", "At most " + most.en + "."}});
    }
    return failures;
}

std::vector<Failure> check_grid(minutes grid, const LocalSlot& slot) {
    std::vector<Failure> failures;
    if (grid == minutes(0)) {
        return failures;
    }
    const std::string step = std::to_string(grid.count());
    const Sentence wanted{"Une heure multiple de " + step + " minutes depuis minuit.",
                          "A time that is a multiple of " + step + " minutes after midnight."};
    if (!on_grid(slot.start, grid)) {
        failures.push_back({Rule::off_grid, "start", wanted});
    }
    if (!on_grid(slot.end, grid)) {
        failures.push_back({Rule::off_grid, "end", wanted});
    }
    return failures;
}

std::vector<Failure> check_capacity(std::int64_t room_capacity, const std::vector<Layout>& layouts,
                                    const Crowd& crowd) {
    std::vector<Failure> failures;
    const auto layout = std::ranges::find(layouts, crowd.layout, &Layout::key);
    const bool is_known = layout != layouts.end();
    if (!is_known && !crowd.layout.empty()) {
        failures.push_back({Rule::unknown_layout, "layout", known_layouts(layouts)});
    }
    const std::int64_t capacity =
        is_known ? std::min(layout->capacity, room_capacity) : room_capacity;
    if (crowd.attendees > capacity) {
        const std::string most = std::to_string(capacity);
        failures.push_back({Rule::over_capacity,
                            "attendees",
                            {"Cette salle accueille au plus " + most + " personnes" +
                                 (is_known ? " en configuration " + layout->name : "") + ".",
                             "This room holds at most " + most + " people" +
                                 (is_known ? " as " + layout->name : "") + "."}});
    }
    return failures;
}

std::vector<Failure> check_side(const RoomRules& rules, bool individuals_may_book,
                                const Side& side) {
    const bool admitted = side.is_association
                              ? rules.associations_may_book
                              : individuals_may_book || (side.is_staff && rules.staff_may_book);
    if (admitted || is_among(side, rules.groups)) {
        return {};
    }
    return {not_admitted(rules, side)};
}

std::vector<Failure> check_residents(const RoomRules& rules, const Side& side,
                                     const LocalSlot& slot, local_days today) {
    const auto open_to_all = std::chrono::floor<days>(slot.start) - rules.residents_until;
    const bool reserved = rules.residents_until > days(0) && today < open_to_all;
    if (!reserved || is_among(side, rules.residents)) {
        return {};
    }
    const std::string who = joined_names(rules.residents);
    const std::string date = text_of(open_to_all);
    return {{Rule::residents_first,
             "start",
             {"Jusqu'au " + date + ", ce créneau est réservé à : " + who +
                  " ; il s'ouvre à tous ce jour-là.",
              "Until " + date + " this slot is kept for: " + who +
                  "; it opens to everybody on that day."}}};
}

}  // namespace creneau::booking

#include "api/booking/rounds/round_rules.hpp"

#include "api/booking/booking_error.hpp"
#include "api/booking/booking_rules.hpp"
#include "api/booking/booking_types.hpp"
#include "api/booking/failures.hpp"
#include "api/booking/rounds/round_error.hpp"
#include "api/booking/rounds/round_types.hpp"
#include "api/booking/series/local_date.hpp"
#include "api/people/blank_text.hpp"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace creneau::booking {

namespace {

using Failures = std::vector<RoundFailure>;

constexpr std::int64_t kFull = 100;
constexpr std::chrono::minutes kDay{24 * 60};

std::size_t characters_of(std::string_view text) {
    return static_cast<std::size_t>(
        std::ranges::count_if(text, [](char byte) { return (byte & 0xC0) != 0x80; }));
}

/// Of 'HH:MM' and nothing else.
std::optional<std::chrono::minutes> minutes_in(std::string_view text) {
    constexpr std::string_view kDigits = "0123456789";
    const bool is_shaped = text.size() == 5 && text[2] == ':' &&
                           kDigits.find(text[0]) != std::string_view::npos &&
                           kDigits.find(text[1]) != std::string_view::npos &&
                           kDigits.find(text[3]) != std::string_view::npos &&
                           kDigits.find(text[4]) != std::string_view::npos;
    if (!is_shaped) {
        return std::nullopt;
    }
    const std::chrono::hours hour{(text[0] - '0') * 10 + (text[1] - '0')};
    const std::chrono::minutes minute{(text[3] - '0') * 10 + (text[4] - '0')};
    return hour < std::chrono::hours(24) && minute < std::chrono::minutes(60)
               ? std::optional(hour + minute)
               : std::nullopt;
}

Sentence between(std::size_t least, std::size_t most, const Sentence& what) {
    const std::string from = std::to_string(least);
    const std::string to = std::to_string(most);
    return {"De " + from + " à " + to + ' ' + what.fr + '.',
            "From " + from + " to " + to + ' ' + what.en + '.'};
}

Failures check_dates(const Round& round, const LocalDate& today) {
    Failures failures;
    if (round.wishes_until < round.wishes_from || round.wishes_until < today) {
        failures.push_back(
            failure_of(RoundRule::bad_wish_dates, "wishes_until",
                       {"Le dernier jour des souhaits ne vient ni avant le premier ni avant le " +
                            text_of(today) + ".",
                        "The last day for wishes comes neither before the first nor before " +
                            text_of(today) + "."}));
    }
    if (round.season_first <= round.wishes_until) {
        failures.push_back(
            failure_of(RoundRule::bad_season, "season_first",
                       {"La saison commence après le dernier jour des souhaits, au plus tôt le " +
                            text_of(plus_days(round.wishes_until, 1)) + ".",
                        "The season begins after the last day for wishes, on " +
                            text_of(plus_days(round.wishes_until, 1)) + " at the earliest."}));
    }
    const auto length = std::chrono::sys_days(round.season_last) -
                        std::chrono::sys_days(round.season_first) + std::chrono::days(1);
    if (length < kShortestSeason || length > kLongestSeason) {
        const auto end_after = [&](std::chrono::days days) {
            return text_of(std::min(
                plus_days(round.season_first, static_cast<int>(days.count()) - 1), kLastDate));
        };
        failures.push_back(failure_of(
            RoundRule::bad_season, "season_last",
            {"La saison dure de 7 jours à 53 semaines : elle finit entre le " +
                 end_after(kShortestSeason) + " et le " + end_after(kLongestSeason) + ".",
             "A season lasts from 7 days to 53 weeks: it ends between " +
                 end_after(kShortestSeason) + " and " + end_after(kLongestSeason) + "."}));
    }
    return failures;
}

Failures check_criterion(const Criterion& criterion, const std::string& place) {
    Failures failures;
    if (people::shows_nothing(criterion.text) || characters_of(criterion.text) > kLongestWording) {
        failures.push_back(failure_of(RoundRule::bad_wording, place + "/text",
                                      between(1, kLongestWording, {"caractères", "characters"})));
    }
    if (criterion.weight < 1 || criterion.weight > kMostWeight) {
        failures.push_back(failure_of(RoundRule::bad_weight, place + "/weight",
                                      {"Un poids de 1 à 100.", "A weight from 1 to 100."}));
    }
    if ((criterion.kind == CriterionKind::group) != criterion.group.has_value()) {
        failures.push_back(
            failure_of(RoundRule::bad_group, place + "/group_id",
                       {"Indiquez un groupe de la commune avec kind « group », et avec lui seul.",
                        "Name a group of the town with kind \"group\", and with it alone."}));
    }
    return failures;
}

Failures check_criteria(const std::vector<Criterion>& criteria) {
    if (criteria.empty()) {
        return {failure_of(RoundRule::criteria_missing, "criteria",
                           {"Écrivez au moins un critère : les associations le liront.",
                            "Write at least one criterion: associations will read it."})};
    }
    Failures failures;
    if (criteria.size() > kMostCriteria) {
        failures.push_back(failure_of(RoundRule::too_many_criteria, "criteria",
                                      between(1, kMostCriteria, {"critères", "criteria"})));
    }
    for (std::size_t at = 0; at < criteria.size(); ++at) {
        join(failures, check_criterion(criteria[at], "criteria/" + std::to_string(at)));
    }
    return failures;
}

RoundFailure fixed(const char* field) {
    return failure_of(RoundRule::fixed_once_open, field,
                      {"Fixé dès l'ouverture : seuls le nom et le dernier jour des souhaits "
                       "changent encore.",
                       "Fixed once the round is open: only its name and the last day for wishes "
                       "still change."});
}

std::int64_t share(std::int64_t part, std::int64_t whole) {
    return whole <= 0 ? 0 : std::min(kFull, part * kFull / whole);
}

std::int64_t merit_of(const Criterion& criterion, const Merits& merits) {
    switch (criterion.kind) {
        case CriterionKind::every_wish:
            return kFull;
        case CriterionKind::preference:
            return kFull / (static_cast<std::int64_t>(merits.preference) + 1);
        case CriterionKind::people:
            return share(merits.attendees, merits.most_attendees);
        case CriterionKind::fill:
            return share(merits.attendees, merits.capacity);
        case CriterionKind::group:
            return std::ranges::find(merits.groups, criterion.group.value_or(0)) !=
                           merits.groups.end()
                       ? kFull
                       : 0;
        case CriterionKind::continuity:
            return merits.had_it_before ? kFull : 0;
        case CriterionKind::first_wish:
            return kFull / (static_cast<std::int64_t>(merits.earlier_wishes) + 1);
    }
    std::abort();
}

}  // namespace

std::vector<RoundFailure> check_round(const Round& round, const LocalDate& today) {
    Failures failures;
    if (people::shows_nothing(round.name) || characters_of(round.name) > kLongestRoundName) {
        failures.push_back(failure_of(RoundRule::bad_name, "name",
                                      between(1, kLongestRoundName, {"caractères", "characters"})));
    }
    join(failures, check_dates(round, today));
    join(failures, check_criteria(round.criteria));
    return failures;
}

std::vector<RoundFailure> check_fixed(const Round& before, const Round& after) {
    Failures failures;
    if (before.wishes_from != after.wishes_from) {
        failures.push_back(fixed("wishes_from"));
    }
    if (before.season_first != after.season_first) {
        failures.push_back(fixed("season_first"));
    }
    if (before.season_last != after.season_last) {
        failures.push_back(fixed("season_last"));
    }
    if (before.skip_holidays != after.skip_holidays) {
        failures.push_back(fixed("skip_public_holidays"));
    }
    if (before.skip_school_holidays != after.skip_school_holidays) {
        failures.push_back(fixed("skip_school_holidays"));
    }
    if (before.criteria != after.criteria) {
        failures.push_back(fixed("criteria"));
    }
    return failures;
}

std::vector<RoundFailure> check_open(const Round& round, const LocalDate& today) {
    if (round.status == RoundStatus::open && round.wishes_from <= today &&
        today <= round.wishes_until) {
        return {};
    }
    return {failure_of(RoundRule::not_open_now, "round_id",
                       {"Les souhaits s'expriment du " + text_of(round.wishes_from) + " au " +
                            text_of(round.wishes_until) + ", tant que la campagne est ouverte.",
                        "Wishes are stated from " + text_of(round.wishes_from) + " to " +
                            text_of(round.wishes_until) + ", while the round is open."})};
}

bool shows_decisions(RoundStatus status, bool runs_rounds) {
    return status == RoundStatus::published || (status == RoundStatus::proposed && runs_rounds);
}

std::optional<DayMinutes> minutes_of(const WeekHours& hours) {
    const auto start = minutes_in(hours.start);
    const auto end = minutes_in(hours.end);
    if (!start || !end || hours.end_day_offset < 0 || hours.end_day_offset > 1) {
        return std::nullopt;
    }
    const DayMinutes minutes{*start, *end + kDay * hours.end_day_offset};
    const bool fits = minutes.from < minutes.until && minutes.until - minutes.from <= kDay;
    return fits ? std::optional(minutes) : std::nullopt;
}

std::vector<RoundFailure> check_hours(const WeekHours& hours) {
    Failures failures;
    for (const auto& [text, field] :
         {std::pair(hours.start, "start_time"), std::pair(hours.end, "end_time")}) {
        if (!minutes_in(text)) {
            failures.push_back(failure_of(
                Failure{Rule::bad_date_time,
                        field,
                        {"Attendu : une heure comme 18:30.", "Expected: a time like 18:30."}}));
        }
    }
    if (failures.empty() && !minutes_of(hours)) {
        failures.push_back(failure_of(Failure{
            Rule::end_before_start,
            "end_time",
            {"La fin vient après le début, au plus 24 heures plus tard ; end_day_offset vaut 1 "
             "quand elle tombe le lendemain.",
             "The end comes after the start, at most 24 hours later; end_day_offset is 1 when it "
             "falls on the next day."}}));
    }
    return failures;
}

std::vector<RoundFailure> check_rooms(const std::vector<RoomId>& rooms) {
    Failures failures;
    if (rooms.empty()) {
        failures.push_back(failure_of(RoundRule::rooms_missing, "room_ids",
                                      {"Indiquez au moins une salle.", "Name at least one room."}));
    }
    if (rooms.size() > kMostRooms) {
        failures.push_back(failure_of(RoundRule::too_many_rooms, "room_ids",
                                      between(1, kMostRooms, {"salles", "rooms"})));
    }
    for (std::size_t at = 0; at < rooms.size(); ++at) {
        if (std::find(rooms.begin(), rooms.begin() + static_cast<std::ptrdiff_t>(at), rooms[at]) !=
            rooms.begin() + static_cast<std::ptrdiff_t>(at)) {
            failures.push_back(
                failure_of(RoundRule::room_twice, "room_ids/" + std::to_string(at),
                           {"Chaque salle une seule fois.", "Each room just once."}));
        }
    }
    return failures;
}

std::vector<RoundFailure> check_pin_reason(const RoundPin& pin) {
    if (!pin.place && people::shows_nothing(pin.reason)) {
        return {failure_of(RoundRule::reason_needed, "reason",
                           {"Dites pourquoi ce souhait est écarté : l'association le lira.",
                            "Say why this wish is set aside: the association will read it."})};
    }
    if (characters_of(pin.reason) > kLongestGroundText) {
        return {failure_of(RoundRule::reason_needed, "reason",
                           between(1, kLongestGroundText, {"caractères", "characters"}))};
    }
    return {};
}

std::vector<LocalDate> dates_of(const Round& round, std::chrono::weekday day) {
    const std::chrono::sys_days first(round.season_first);
    std::vector<LocalDate> dates;
    for (auto date = first + (day - std::chrono::weekday(first));
         date <= std::chrono::sys_days(round.season_last); date += std::chrono::weeks(1)) {
        dates.emplace_back(date);
    }
    return dates;
}

std::int64_t points_of(const std::vector<Criterion>& criteria, const Merits& merits) {
    std::int64_t points = 0;
    for (const Criterion& criterion : criteria) {
        points += criterion.weight * merit_of(criterion, merits);
    }
    return points;
}

}  // namespace creneau::booking

#include "api/mail/series_facts.hpp"

#include "api/mail/date_words.hpp"
#include "api/mail/facts.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>

#include <nlohmann/json.hpp>

namespace creneau::mail {
namespace {

using nlohmann::json;

using LocalSlot = std::pair<std::string, std::string>;

const json* list_in(const json& object, const char* name) {
    const auto found = object.find(name);
    return found == object.end() || !found->is_array() ? nullptr : &*found;
}

bool begins_with_two_texts(const json& row) {
    return row.is_array() && row.size() >= 2 && row[0].is_string() && row[1].is_string();
}

std::optional<LocalSlot> slot_of(const json& row) {
    if (!begins_with_two_texts(row)) {
        return std::nullopt;
    }
    LocalSlot slot{row[0].get<std::string>(), row[1].get<std::string>()};
    const bool are_times = parse_local_time(slot.first) && parse_local_time(slot.second);
    return are_times ? std::optional(std::move(slot)) : std::nullopt;
}

std::optional<MissedSlot> missed_of(const json& row, std::size_t reasons) {
    auto slot = slot_of(row);
    if (!slot) {
        return std::nullopt;
    }
    MissedSlot missed{std::move(slot->first), std::move(slot->second), {}};
    for (std::size_t at = 2; at < row.size(); ++at) {
        if (!row[at].is_number_unsigned() || row[at].get<std::size_t>() >= reasons) {
            return std::nullopt;
        }
        missed.reasons.push_back(row[at].get<std::size_t>());
    }
    return missed;
}

bool read_dates(const json& rows, SeriesFacts& series) {
    return std::ranges::all_of(rows, [&](const json& row) {
        auto slot = slot_of(row);
        if (!slot) {
            return false;
        }
        series.dates.push_back(*std::move(slot));
        return true;
    });
}

bool read_reasons(const json& rows, SeriesFacts& series) {
    return std::ranges::all_of(rows, [&](const json& row) {
        const bool is_pair = begins_with_two_texts(row);
        if (is_pair) {
            series.reasons.push_back({row[0].get<std::string>(), row[1].get<std::string>()});
        }
        return is_pair;
    });
}

bool read_missed(const json& rows, SeriesFacts& series) {
    return std::ranges::all_of(rows, [&](const json& row) {
        auto missed = missed_of(row, series.reasons.size());
        if (!missed) {
            return false;
        }
        series.missed.push_back(*std::move(missed));
        return true;
    });
}

}  // namespace

json json_of(const SeriesFacts& series) {
    auto dates = json::array();
    for (const auto& [start, end] : series.dates) {
        dates.push_back(json::array({start, end}));
    }
    auto missed = json::array();
    for (const MissedSlot& slot : series.missed) {
        auto row = json::array({slot.local_start, slot.local_end});
        for (const std::size_t reason : slot.reasons) {
            row.push_back(reason);
        }
        missed.push_back(std::move(row));
    }
    auto reasons = json::array();
    for (const Words& words : series.reasons) {
        reasons.push_back(json::array({words.fr, words.en}));
    }
    return {{"id", series.series_id},
            {"dates", std::move(dates)},
            {"missed", std::move(missed)},
            {"reasons", std::move(reasons)}};
}

std::optional<SeriesFacts> parse_series(const json& object) {
    if (!object.is_object()) {
        return std::nullopt;
    }
    const auto id = object.find("id");
    const json* dates = list_in(object, "dates");
    const json* missed = list_in(object, "missed");
    const json* reasons = list_in(object, "reasons");
    if (id == object.end() || !id->is_number_integer() || dates == nullptr || missed == nullptr ||
        reasons == nullptr) {
        return std::nullopt;
    }
    SeriesFacts series;
    series.series_id = id->get<std::int64_t>();
    const bool is_well_formed = read_dates(*dates, series) && read_reasons(*reasons, series) &&
                                read_missed(*missed, series);
    return is_well_formed ? std::optional(std::move(series)) : std::nullopt;
}

}  // namespace creneau::mail

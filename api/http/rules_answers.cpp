#include "api/http/rules_answers.hpp"

#include "api/booking/quota_rules.hpp"
#include "api/booking/room_rules.hpp"
#include "api/http/paper_answers.hpp"

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace creneau::http {

namespace {

using nlohmann::json;

constexpr std::array<std::string_view, 7> kWeekdays{"monday", "tuesday",  "wednesday", "thursday",
                                                    "friday", "saturday", "sunday"};

std::string clock_of(std::chrono::minutes of_day) {
    const auto minutes = static_cast<int>(of_day.count() % (24L * 60));
    std::array<char, 8> text{};
    const int length =
        std::snprintf(text.data(), text.size(), "%02d:%02d", minutes / 60, minutes % 60);
    return {text.data(), static_cast<std::size_t>(length)};
}

json hours_of(const booking::OpenHours& hours) {
    return {{"from", clock_of(hours.from)}, {"until", clock_of(hours.until)}};
}

json week_of(const booking::OpeningHours& opening) {
    auto items = json::array();
    for (std::size_t day = 0; day < kWeekdays.size(); ++day) {
        for (const auto& hours : opening.week.at(day)) {
            items.push_back(hours_of(hours));
            items.back()["day"] = kWeekdays.at(day);
        }
    }
    return items;
}

json exceptions_of(const booking::OpeningHours& opening) {
    auto items = json::array();
    for (const auto& [date, all] : opening.exceptions) {
        auto open = json::array();
        for (const auto& hours : all) {
            open.push_back(hours_of(hours));
        }
        items.push_back({{"date", booking::text_of(date)}, {"hours", std::move(open)}});
    }
    return items;
}

json notice_of(const booking::NoticeRule& notice) {
    return {{"least_min", notice.least.count()}, {"most_min", notice.most.count()}};
}

json names_of(const std::vector<booking::Group>& groups) {
    auto names = json::array();
    for (const auto& group : groups) {
        names.push_back(group.name);
    }
    return names;
}

json layouts_of(const std::vector<booking::Layout>& layouts) {
    auto items = json::array();
    for (const auto& layout : layouts) {
        items.push_back(
            {{"key", layout.key}, {"name", layout.name}, {"capacity", layout.capacity}});
    }
    return items;
}

const char* word_of(booking::QuotaHolder holder) {
    switch (holder) {
        case booking::QuotaHolder::association:
            return "association";
        case booking::QuotaHolder::individual:
            return "individual";
        case booking::QuotaHolder::each:
            return "each";
    }
    std::abort();
}

const char* word_of(booking::QuotaPeriod period) {
    switch (period) {
        case booking::QuotaPeriod::day:
            return "day";
        case booking::QuotaPeriod::week:
            return "week";
        case booking::QuotaPeriod::month:
            return "month";
        case booking::QuotaPeriod::season:
            return "season";
    }
    std::abort();
}

json quotas_of(const std::vector<booking::Quota>& quotas) {
    auto items = json::array();
    for (const auto& quota : quotas) {
        items.push_back({{"name", quota.name},
                         {"holder", word_of(quota.holder)},
                         {"unit", quota.unit == booking::QuotaUnit::hours ? "hours" : "bookings"},
                         {"most", quota.most},
                         {"period", word_of(quota.period)}});
    }
    return items;
}

}  // namespace

json to_json(const booking::RoomRules& rules) {
    return {
        {"opening_hours", week_of(rules.opening)},
        {"opening_exceptions", exceptions_of(rules.opening)},
        {"notice",
         {{"create", notice_of(rules.create)},
          {"change", notice_of(rules.change)},
          {"cancel_least_min", rules.cancel_least.count()}}},
        {"length", {{"least_min", rules.shortest.count()}, {"most_min", rules.longest.count()}}},
        {"grid_min", rules.grid.count()},
        {"buffers", {{"setup_min", rules.setup.count()}, {"teardown_min", rules.teardown.count()}}},
        {"release_after_min", rules.release_after.value_or(std::chrono::minutes{}).count()},
        {"layouts", layouts_of(rules.layouts)},
        {"who_may_book",
         {{"associations", rules.associations_may_book},
          {"staff", rules.staff_may_book},
          {"groups", names_of(rules.groups)}}},
        {"residents_first",
         {{"groups", names_of(rules.residents)}, {"until_days", rules.residents_until.count()}}},
        {"required_papers", to_json(rules.papers)},
        {"quotas", quotas_of(rules.quotas)}};
}

}  // namespace creneau::http

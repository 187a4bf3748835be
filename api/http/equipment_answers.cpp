#include "api/http/equipment_answers.hpp"

#include "api/booking/booking_types.hpp"
#include "api/booking/equipment/equipment_store.hpp"
#include "api/booking/equipment/equipment_types.hpp"
#include "api/booking/equipment/preparation.hpp"
#include "api/booking/local_time.hpp"
#include "api/booking/series/local_date.hpp"
#include "api/http/booking_answers.hpp"
#include "api/http/page_text.hpp"
#include "api/store/column.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace creneau::http {

namespace {

using store::raw;

nlohmann::json item_of(const booking::Preparation& item, const std::string& zone) {
    auto json = to_json(item.slot);
    json["booking_id"] = raw(item.booking);
    json["room_id"] = raw(item.room);
    json["room_name"] = item.room_name;
    json["status"] = booking::word_of(item.status);
    json["setup_from"] = booking::local_time_of(item.with_buffers.start, zone);
    json["teardown_until"] = booking::local_time_of(item.with_buffers.end, zone);
    json["attendees"] = item.attendees;
    json["layout_name"] = item.layout_name;
    json["association_name"] = item.association_name;
    json["equipment"] = to_json(item.equipment);
    return json;
}

}  // namespace

nlohmann::json to_json(const booking::Equipment& equipment) {
    return {{"id", raw(equipment.id)},
            {"key", equipment.key},
            {"name", equipment.name},
            {"site_id",
             equipment.site ? nlohmann::json(raw(*equipment.site)) : nlohmann::json(nullptr)},
            {"stock", equipment.stock}};
}

nlohmann::json to_json(const std::vector<booking::EquipmentLine>& lines) {
    auto list = nlohmann::json::array();
    for (const auto& line : lines) {
        list.push_back({{"equipment_id", raw(line.order.id)},
                        {"name", line.name},
                        {"quantity", line.order.quantity},
                        {"movable", line.is_movable}});
    }
    return list;
}

std::string preparation_page(const booking::DayPlan& plan, std::int64_t from, std::size_t most) {
    const nlohmann::json head = {{"site_id", raw(plan.site.id)},
                                 {"site_name", plan.site.name},
                                 {"day", booking::text_of(plan.day)},
                                 {"time_zone", plan.site.time_zone}};
    PageText page(head.dump(), most);
    const auto setup_at = [](const booking::Preparation& item) {
        return store::unix_seconds(item.with_buffers.start);
    };
    auto first = std::ranges::lower_bound(plan.items, from, {}, setup_at);
    while (first != plan.items.end()) {
        const auto at = setup_at(*first);
        std::string together;
        for (; first != plan.items.end() && setup_at(*first) == at; ++first) {
            together += together.empty() ? "" : ",";
            together += item_of(*first, plan.site.time_zone).dump();
        }
        if (!page.take(page.is_empty() ? together : ',' + together)) {
            return std::move(page).finished(std::to_string(at));
        }
    }
    return std::move(page).finished(std::nullopt);
}

}  // namespace creneau::http

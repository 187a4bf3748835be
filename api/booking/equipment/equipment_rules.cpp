#include "api/booking/equipment/equipment_rules.hpp"

#include "api/booking/booking_error.hpp"
#include "api/booking/booking_types.hpp"
#include "api/booking/equipment/equipment_types.hpp"
#include "api/booking/room_rules.hpp"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <map>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace creneau::booking {

namespace {

/// What a sentence counts of dates before it says only that there are others.
constexpr std::size_t kMostDates = 10;

Failure failure_of(Rule rule, const std::string& french, const std::string& english) {
    return {rule, "equipment", {french, english}};
}

void add_dates(Sentence& sentence, const ShortDates& dates) {
    const std::string left = std::to_string(std::max<std::int64_t>(dates.left, 0));
    const std::string first = text_of(dates.first);
    const std::string last = text_of(dates.last);
    const bool is_one = dates.first == dates.last;
    sentence.fr += left + (is_one ? " le " + first : " du " + first + " au " + last);
    sentence.en += left + (is_one ? " on " + first : " from " + first + " to " + last);
}

}  // namespace

std::vector<Stretch> left_through(std::int64_t stock, const Interval& during,
                                  std::span<const Taking> taken) {
    std::map<std::chrono::sys_seconds, std::int64_t> steps{{during.start, 0}};
    for (const Taking& taking : taken) {
        if (taking.at.start < during.end && during.start < taking.at.end) {
            steps[std::max(taking.at.start, during.start)] += taking.quantity;
            steps[std::min(taking.at.end, during.end)] -= taking.quantity;
        }
    }
    std::vector<Stretch> stretches;
    std::int64_t left = stock;
    for (auto step = steps.begin(); step != steps.end() && step->first < during.end; ++step) {
        const auto next = std::next(step);
        left -= step->second;
        stretches.push_back({{step->first, next == steps.end() ? during.end : next->first}, left});
    }
    return stretches;
}

std::int64_t least_left(const std::vector<Stretch>& stretches) {
    return std::ranges::min_element(stretches, {}, &Stretch::left)->left;
}

std::vector<Failure> check_orders(std::span<const EquipmentOrder> orders,
                                  std::span<const Equipment> known, SiteId site) {
    std::vector<Failure> failures;
    for (const EquipmentOrder& order : orders) {
        const auto found = std::ranges::find(known, order.id, &Equipment::id);
        const std::string id = std::to_string(static_cast<std::int64_t>(order.id));
        if (found == known.end()) {
            failures.push_back(
                failure_of(Rule::unknown_equipment,
                           "Le matériel " + id + " n'existe pas : choisissez-en de la ville.",
                           "There is no equipment " + id + ": choose some of the town."));
            continue;
        }
        if (found->site.value_or(site) != site) {
            failures.push_back(failure_of(
                Rule::equipment_elsewhere,
                found->name + " : ce matériel ne quitte pas son site ; choisissez-en du site de la "
                              "salle ou du matériel mobile.",
                found->name + ": it does not leave its site; choose some of the room's site, or "
                              "what is movable."));
        }
        if (order.quantity < 1) {
            failures.push_back(failure_of(Rule::bad_quantity,
                                          found->name + " : demandez-en au moins un.",
                                          found->name + ": ask for at least one."));
        }
        if (std::ranges::count(orders, order.id, &EquipmentOrder::id) > 1 &&
            &order != &*std::ranges::find(orders, order.id, &EquipmentOrder::id)) {
            failures.push_back(failure_of(Rule::equipment_twice,
                                          found->name + " : indiquez une seule quantité.",
                                          found->name + ": give one quantity only."));
        }
    }
    return failures;
}

bool takes_no_more(std::span<const EquipmentOrder> before, std::span<const EquipmentOrder> after) {
    return std::ranges::all_of(after, [&](const EquipmentOrder& order) {
        const auto former = std::ranges::find(before, order.id, &EquipmentOrder::id);
        return former != before.end() && order.quantity <= former->quantity;
    });
}

Failure equipment_short(const Equipment& equipment, const std::vector<ShortDates>& dates) {
    const std::string stock = std::to_string(equipment.stock);
    Sentence sentence{equipment.name + " : sur " + stock + ", il en reste ",
                      equipment.name + ": of " + stock + ", what is left is "};
    for (std::size_t i = 0; i < std::min(dates.size(), kMostDates); ++i) {
        if (i > 0) {
            sentence.fr += ", ";
            sentence.en += ", ";
        }
        add_dates(sentence, dates[i]);
    }
    if (dates.size() > kMostDates) {
        sentence.fr += ", et d'autres dates";
        sentence.en += ", and other dates";
    }
    const auto least =
        std::max<std::int64_t>(std::ranges::min_element(dates, {}, &ShortDates::left)->left, 0);
    if (least > 0) {
        sentence.fr += ". Demandez-en au plus " + std::to_string(least) + ".";
        sentence.en += ". Ask for at most " + std::to_string(least) + ".";
    } else {
        sentence.fr += ". Choisissez un autre créneau, ou sans ce matériel.";
        sentence.en += ". Choose another slot, or do without.";
    }
    return {Rule::equipment_short, "equipment", std::move(sentence)};
}

}  // namespace creneau::booking

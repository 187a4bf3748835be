#include "api/http/selection_answers.hpp"

#include "api/http/date_errors.hpp"

#include <cstddef>
#include <vector>

#include <nlohmann/json.hpp>

namespace creneau::http {

namespace {

// For all slots that are offered: what else stands beside the errors of a selection is bounded.
constexpr std::size_t kOffers = std::size_t{64} * 1024;

std::size_t size_of(const nlohmann::json& value) {
    return value.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace).size();
}

void fit_offers(nlohmann::json& items) {
    std::size_t left = kOffers;
    for (auto& item : items) {
        auto& problem = item["problem"];
        if (!problem.contains("alternatives")) {
            continue;
        }
        auto& offers = problem["alternatives"];
        const std::size_t size = size_of(offers);
        if (size > left) {
            offers = nlohmann::json::array();
            left = 0;
        } else {
            left -= size;
        }
    }
}

}  // namespace

void fit_items(nlohmann::json& items) {
    fit_offers(items);
    std::vector<nlohmann::json*> lists;
    for (auto& item : items) {
        if (item["problem"].contains("errors")) {
            lists.push_back(&item["problem"]["errors"]);
        }
    }
    fit_errors(items, lists);
    // A problem has all members of an error.
    for (auto* list : lists) {
        for (auto& error : *list) {
            error.emplace("field", "");
            error.emplace("detail", "");
        }
    }
}

}  // namespace creneau::http

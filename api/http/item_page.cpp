#include "api/http/item_page.hpp"

#include "api/http/response.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>

#include <nlohmann/json.hpp>

namespace creneau::http {

ItemPage::ItemPage(std::int64_t limit, std::size_t most) : text_("{}", most), limit_(limit) {}

bool ItemPage::add(std::int64_t id, const nlohmann::json& item) {
    if (!text_.take((text_.is_empty() ? "" : ",") + item.dump())) {
        cut_ = true;
        return false;
    }
    last_ = std::to_string(id);
    ++count_;
    return true;
}

Response ItemPage::finished() && {
    const bool goes_on = cut_ || count_ == limit_;
    return {200,
            {{"Content-Type", "application/json"}},
            std::move(text_).finished(goes_on ? std::optional(std::move(last_)) : std::nullopt)};
}

}  // namespace creneau::http

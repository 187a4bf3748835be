#pragma once

#include "api/http/page_text.hpp"
#include "api/http/response.hpp"
#include "api/http/wire.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>

#include <nlohmann/json.hpp>

namespace creneau::http {

/// A page of a list that goes on after the id of its last item: so many items at most, and fewer
/// where they would not fit an answer.
class ItemPage {
  public:
    explicit ItemPage(std::int64_t limit, std::size_t most = kMaxAnswer);

    /// False: the page is full, the item belongs to the next one.
    [[nodiscard]] bool add(std::int64_t id, const nlohmann::json& item);

    /// {"items": […], "next": …}
    [[nodiscard]] Response finished() &&;

  private:
    PageText text_;
    std::int64_t limit_;
    std::int64_t count_ = 0;
    std::string last_;
    bool cut_ = false;
};

/// The page of what was read for it, `limit` items at most; `id_of` is the member that a page goes
/// on after, or tells it.
template <class Items, class IdOf, class ToJson>
[[nodiscard]] Response page_response(const Items& items, std::int64_t limit, IdOf id_of,
                                     ToJson to_item) {
    ItemPage page(limit);
    for (const auto& item : items) {
        if (!page.add(static_cast<std::int64_t>(std::invoke(id_of, item)), to_item(item))) {
            break;
        }
    }
    return std::move(page).finished();
}

}  // namespace creneau::http

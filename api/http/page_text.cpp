#include "api/http/page_text.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace creneau::http {

namespace {

// What closes a piece and the page: "]}" and ],"next":"…"}, two numbers of 19 digits in it.
constexpr std::size_t kClosing = 64;

}  // namespace

PageText::PageText(std::string head, std::size_t most) : text_(std::move(head)), most_(most) {
    text_.pop_back();
    text_ += text_.size() > 1 ? ",\"items\":[" : "\"items\":[";
}

bool PageText::take(std::string_view piece) {
    if (!empty_ && text_.size() + piece.size() + kClosing > most_) {
        return false;
    }
    text_ += piece;
    empty_ = false;
    return true;
}

std::string PageText::finished(const std::optional<std::string>& next) && {
    text_ += "],\"next\":" + (next ? '"' + *next + '"' : "null") + '}';
    return std::move(text_);
}

}  // namespace creneau::http

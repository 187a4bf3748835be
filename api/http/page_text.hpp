#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace creneau::http {

/// The text of a page of a list, cut where it would grow too long. Pieces are taken one by one and
/// whole while they fit; the first always is, so that each page leads to the next.
class PageText {
  public:
    /// `head` is a JSON object, the members that stand on each page; `most` bytes at most.
    PageText(std::string head, std::size_t most);

    [[nodiscard]] bool is_empty() const { return empty_; }
    /// False: the page is full; nothing of the piece was written.
    [[nodiscard]] bool take(std::string_view piece);
    /// Writes what ends a piece that was taken: a few bytes, which always fit.
    void end_piece(std::string_view closing) { text_ += closing; }

    /// The whole answer; `next` is the cursor of the next page, none: this was the last.
    [[nodiscard]] std::string finished(const std::optional<std::string>& next) &&;

  private:
    std::string text_;
    std::size_t most_;
    bool empty_ = true;
};

}  // namespace creneau::http

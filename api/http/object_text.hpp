#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace creneau::http {

/// One JSON object written as text, member by member and without a document in memory: for answers
/// of many rows, where making and dropping a document costs several times what reading them does.
/// Names are ours: plain ASCII, each given once.
class ObjectText {
  public:
    /// Throws std::invalid_argument when `value` is no UTF-8.
    void text(std::string_view name, std::string_view value);
    void number(std::string_view name, std::int64_t value);
    void null(std::string_view name);

    [[nodiscard]] std::string finished() &&;

  private:
    void begin(std::string_view name);

    std::string text_ = "{";
};

}  // namespace creneau::http

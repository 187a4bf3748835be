#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <toml++/toml.h>

namespace creneau::door {

/// Errors of one file, in the order found.
class ErrorList {
  public:
    explicit ErrorList(std::string file) : file_(std::move(file)) {}
    void add(const toml::source_region& where, std::string_view key, std::string_view what);
    [[nodiscard]] std::vector<std::string> sorted() const;

  private:
    struct Found {
        std::uint32_t line;
        std::string text;
    };
    std::string file_;
    std::vector<Found> found_;
};

/// How a value must be: what `text` and `number` check and the error tells.
struct NumberRule {
    std::int64_t least = 0;
    std::int64_t most = 0;
    std::string_view example;
};

/// One table of the file. Each key that is read becomes known; `finish` refuses the others.
class Section {
  public:
    /// `path` names the table in errors, such as "bus[1]"; empty for the top.
    Section(const toml::table& table, std::string path, ErrorList& errors)
        : table_(&table), path_(std::move(path)), errors_(&errors) {}

    /// A text that is not empty. Missing or wrong: an error that shows `example`, and "".
    std::string text(std::string_view key, std::string_view example);
    std::optional<std::string> optional_text(std::string_view key, std::string_view example);
    /// A text as the policy spells keys: it is compared, shown and journalled.
    std::string key(std::string_view name, std::string_view example);
    std::int64_t number(std::string_view key, const NumberRule& rule);
    std::optional<std::int64_t> optional_number(std::string_view key, const NumberRule& rule);
    bool flag(std::string_view key, bool absent);
    /// A list of numbers, each by the rule; an error when there is none.
    std::vector<std::int64_t> numbers(std::string_view key, const NumberRule& rule);
    std::vector<std::string> texts(std::string_view key, std::string_view example);
    /// The tables of [[key]], in order; an error when none and `needed`.
    std::vector<Section> tables(std::string_view key, bool needed);
    std::optional<Section> table(std::string_view key);

    [[nodiscard]] bool has(std::string_view key) const { return table_->contains(key); }
    /// An error about `key`, placed at its line, or at the table when it is missing.
    void refuse(std::string_view key, std::string_view what);
    void finish();

  private:
    const toml::node* look_up(std::string_view key);
    [[nodiscard]] std::string full(std::string_view key) const;

    const toml::table* table_;
    std::string path_;
    ErrorList* errors_;
    std::vector<std::string> known_;
};

}  // namespace creneau::door

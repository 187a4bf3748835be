#pragma once

#include "api/http/problem.hpp"
#include "api/http/request.hpp"
#include "api/http/response.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

namespace creneau::http {

using LocalMinutes = std::chrono::local_time<std::chrono::minutes>;

struct IntegerRange {
    std::int64_t min = 0;
    std::int64_t max = INT64_MAX;
};

/// Takes the members of a JSON body (or of the query) one by one and remembers everything that is
/// wrong, so that the answer names all of it at once. A getter that fails returns an empty value;
/// look at `ok()` before using any. Members nobody asked for are errors too.
class Fields {
  public:
    /// Wider than any rule: what is too much is for the rules to say, with what would pass.
    static constexpr std::size_t kLongText = 20'000;

    /// Reads the body: an object in UTF-8 JSON, nested at most 16 deep, without duplicate keys.
    /// An empty body is an empty object.
    [[nodiscard]] static Fields of_body(const Request& request);
    /// Reads the query; every value is text, numbers are read from it.
    [[nodiscard]] static Fields of_query(const Request& request);

    [[nodiscard]] std::int64_t integer(const std::string& name, IntegerRange range);
    [[nodiscard]] std::optional<std::int64_t> optional_integer(const std::string& name,
                                                               IntegerRange range);
    /// An id of ours: a positive number.
    template <class Id>
    [[nodiscard]] Id id(const std::string& name) {
        return Id{integer(name, kIds)};
    }
    template <class Id>
    [[nodiscard]] std::optional<Id> optional_id(const std::string& name) {
        const auto number = optional_integer(name, kIds);
        return number ? std::optional(Id{*number}) : std::nullopt;
    }
    /// Trimmed, not empty, at most `max` characters, no control characters but line feeds.
    [[nodiscard]] std::string text(const std::string& name, std::size_t max);
    [[nodiscard]] std::optional<std::string> optional_text(const std::string& name,
                                                           std::size_t max);
    /// The same for an edit, in which an empty text is not the same as none: "" when it was sent
    /// and shows nothing.
    [[nodiscard]] std::optional<std::string> edited_text(const std::string& name, std::size_t max);
    /// A list of texts as sent, at most `most` of them; none when it is not there. Never in a
    /// query.
    [[nodiscard]] std::vector<std::string> optional_texts(const std::string& name,
                                                          std::size_t most) {
        return edited_texts(name, most).value_or(std::vector<std::string>());
    }
    /// The same for an edit, in which an empty list is not the same as none.
    [[nodiscard]] std::optional<std::vector<std::string>> edited_texts(const std::string& name,
                                                                       std::size_t most);
    /// A list of objects, each with exactly these members, whole numbers in the order of `members`;
    /// none when it is not there. Never in a query.
    [[nodiscard]] std::optional<std::vector<std::vector<std::int64_t>>> optional_records(
        const std::string& name, const std::vector<std::string>& members, std::size_t most);
    /// A list of objects, at most `most` of them, each to be read on its own and given back to
    /// join(); none when it is not there. Never in a query.
    [[nodiscard]] std::optional<std::vector<Fields>> optional_parts(const std::string& name,
                                                                    std::size_t most);
    /// Takes over what is wrong with a part, unknown members included.
    void join(Fields part);
    /// The same, and it has to be there with one object at least.
    [[nodiscard]] std::vector<std::vector<std::int64_t>> records(
        const std::string& name, const std::vector<std::string>& members, std::size_t most);
    /// A list of positive numbers, at most `most` of them; none when it is not there. Never in a
    /// query.
    [[nodiscard]] std::vector<std::int64_t> optional_ids(const std::string& name, std::size_t most);
    /// The same for an edit, in which an empty list is not the same as none.
    [[nodiscard]] std::optional<std::vector<std::int64_t>> edited_ids(const std::string& name,
                                                                      std::size_t most);
    /// As sent, not trimmed: passwords.
    [[nodiscard]] std::string secret(const std::string& name, std::size_t max);
    [[nodiscard]] std::optional<bool> optional_boolean(const std::string& name);
    /// "2026-12-05T18:30": a date-time of the site, no zone.
    [[nodiscard]] LocalMinutes local_time(const std::string& name);
    /// "2026-12-05T17:30:00Z" (RFC 3339, any offset).
    [[nodiscard]] std::chrono::sys_seconds instant(const std::string& name);
    [[nodiscard]] std::optional<std::chrono::sys_seconds> optional_instant(const std::string& name);

    /// How an error names a member: a JSON pointer, or its name in the query.
    [[nodiscard]] std::string name_of(const std::string& member) const;
    /// Adds an error of the caller's own; `field` is a JSON pointer, or a name for the query.
    void refuse(std::string field, std::string code, Text detail);

    /// Whether something is wrong with a member already: one mistake is one error.
    [[nodiscard]] bool refused(const std::string& member) const;

    /// Nothing wrong so far, and no unknown member.
    [[nodiscard]] bool ok();
    /// 400 when the body is no JSON object, 422 with every error otherwise. Only when not ok().
    [[nodiscard]] Response problem();

  private:
    static constexpr IntegerRange kIds{1, std::numeric_limits<std::int64_t>::max()};

    Fields(const Request& request, bool in_query);
    const nlohmann::json* find(const std::string& name, bool required);
    std::optional<std::int64_t> read_integer(const std::string& name, IntegerRange range,
                                             bool required);
    std::vector<std::int64_t> read_record(const nlohmann::json& item, const std::string& place,
                                          const std::vector<std::string>& members);
    std::optional<std::string> read_text(const std::string& name, bool required);
    std::optional<std::string> checked_text(const std::string& name, std::size_t max,
                                            bool required);
    std::optional<std::chrono::sys_seconds> read_instant(const std::string& name, bool required);
    void refuse_kind(const std::string& name, const char* code, Text detail);
    void read_body(const Request& request);
    /// What each item of a list is, and how an error says so.
    struct ListOf {
        bool (*fits)(const nlohmann::json& item);
        const Text& expected;
    };
    const nlohmann::json* find_list(const std::string& name, std::size_t most, const ListOf& items);

    const Request* request_;
    bool in_query_;
    std::string place_ = {};  ///< of a part: a JSON pointer to it
    nlohmann::json members_ = nlohmann::json::object();
    std::set<std::string> asked_;
    std::vector<FieldError> errors_;
    std::optional<Problem> malformed_;
};

}  // namespace creneau::http

#pragma once

#include "api/estate/import_error.hpp"

#include <cstdint>
#include <initializer_list>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json_fwd.hpp>

namespace creneau::estate {

/// Reads the members of one JSON object and collects what is wrong with them. A reader function
/// returns a harmless value after an error, so that reading goes on.
class ObjectReader {
  public:
    /// `value` and `errors` outlive the reader.
    ObjectReader(const nlohmann::json& value, std::string place, std::vector<ImportError>& errors);

    const std::string& place() const { return place_; }

    /// `fallback == nullptr`: the member is required.
    std::string text(const char* name, const char* fallback = nullptr);
    /// A required text of at most `most` bytes.
    std::string short_text(const char* name, std::size_t most);
    std::string key(const char* name);
    std::string optional_key(const char* name);
    std::string one_of(const char* name, std::initializer_list<std::string_view> allowed,
                       const char* fallback = nullptr);
    std::string email(const char* name);
    std::string time_zone(const char* name, const char* fallback = nullptr);
    /// 'YYYY-MM-DD', a real date.
    std::string date(const char* name, const char* fallback = nullptr);
    /// 'HH:MM' as minutes after midnight, to '24:00'.
    std::int64_t clock(const char* name);
    struct MonthDay {
        std::int64_t month = 1, day = 1;
    };
    /// 'MM-DD', a day that every year has in every month: at most the 28th.
    MonthDay month_day(const char* name);

    struct Range {
        std::int64_t least, most;
    };
    std::int64_t number(const char* name, Range range);
    std::int64_t number(const char* name, Range range, std::int64_t fallback);
    bool flag(const char* name, bool fallback);

    /// The elements of an array; `element(value, place)` is called for each. False: not there.
    template <class Element>
    bool list(const char* name, bool required, Element element) {
        const nlohmann::json* values = array(name, required);
        if (values == nullptr) {
            return false;
        }
        for (std::size_t i = 0; i < size_of(*values); ++i) {
            element(at(*values, i), element_place(name, i));
        }
        return true;
    }
    /// An array of different texts, each a key or one of `allowed` when there are any.
    std::set<std::string> texts(const char* name, bool required,
                                std::initializer_list<std::string_view> allowed = {});
    const nlohmann::json* object(const char* name);
    const nlohmann::json* optional_object(const char* name);

    void fail(const char* name, const char* code, const std::string& detail);
    /// Names every member that nobody asked for.
    void finish();

  private:
    const nlohmann::json* find(const char* name, bool required);
    const nlohmann::json* array(const char* name, bool required);
    static std::size_t size_of(const nlohmann::json& values);
    static const nlohmann::json& at(const nlohmann::json& values, std::size_t index);
    std::string element_place(const char* name, std::size_t index) const;
    const nlohmann::json* object_at(const char* name, bool required);
    bool matches(const char* name, const std::string& value, bool good, const char* wanted);

    const nlohmann::json& value_;
    std::string place_;
    std::vector<ImportError>& errors_;
    std::set<std::string> asked_;
    bool is_object_ = false;
};

}  // namespace creneau::estate

#include "api/http/date_errors.hpp"

#include "api/http/wire.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

namespace creneau::http {

namespace {

// For the members of a problem, whose own errors are cut, and for what stands beside the lists.
constexpr std::size_t kBeside = std::size_t{128} * 1024;
// What is in the lists of an answer that need not be looked at: the rest is never that long.
constexpr std::size_t kFew = std::size_t{128} * 1024;

enum class Told : std::uint8_t { no, briefly, fully };

struct Entry {
    std::size_t list = 0;
    nlohmann::json error;
    Told told = Told::no;
};

/// With the comma behind it.
std::size_t size_of(const nlohmann::json& value) {
    return value.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace).size() + 1;
}

nlohmann::json brief(const nlohmann::json& error, bool with_field) {
    nlohmann::json short_one{{"code", error.at("code")}};
    if (with_field) {
        short_one["field"] = error.at("field");
    }
    return short_one;
}

/// Every error of the lists; the first of each code of a list is told in any case.
std::vector<Entry> entries_of(const std::vector<nlohmann::json*>& lists) {
    std::vector<Entry> entries;
    for (std::size_t list = 0; list < lists.size(); ++list) {
        std::set<std::string> codes;
        for (const auto& error : *lists[list]) {
            const bool is_first = codes.insert(error.at("code").get<std::string>()).second;
            entries.push_back({list, error, is_first ? Told::briefly : Told::no});
        }
    }
    return entries;
}

std::size_t size_of_brief(const std::vector<Entry>& entries, bool with_field) {
    std::size_t size = 0;
    for (const Entry& entry : entries) {
        size += entry.told == Told::briefly ? size_of(brief(entry.error, with_field)) : 0;
    }
    return size;
}

/// Tells in full what `left` bytes allow, new sentences first.
void tell(std::vector<Entry>& entries, bool with_field, std::size_t left) {
    std::set<std::string> told;
    for (const bool repeats : {false, true}) {
        for (Entry& entry : entries) {
            const auto& sentence = entry.error.at("detail").get_ref<const std::string&>();
            if (entry.told == Told::fully || (!repeats && told.contains(sentence))) {
                continue;
            }
            const std::size_t more =
                size_of(entry.error) -
                (entry.told == Told::briefly ? size_of(brief(entry.error, with_field)) : 0);
            if (more <= left) {
                left -= more;
                entry.told = Told::fully;
                told.insert(sentence);
            }
        }
    }
}

}  // namespace

void fit_errors(const nlohmann::json& answer, const std::vector<nlohmann::json*>& lists) {
    std::size_t errors = 0;
    for (const auto* list : lists) {
        errors += list->empty() ? 0 : size_of(*list);
    }
    if (errors <= kFew) {
        return;
    }
    const std::size_t rest = size_of(answer) - errors + kBeside;
    if (rest + errors <= kMaxAnswer) {
        return;
    }
    const std::size_t most = kMaxAnswer - std::min(rest, kMaxAnswer);
    auto entries = entries_of(lists);
    const bool with_field = size_of_brief(entries, true) <= most;
    tell(entries, with_field, most - std::min(size_of_brief(entries, with_field), most));
    for (auto* list : lists) {
        *list = nlohmann::json::array();
    }
    for (Entry& entry : entries) {
        if (entry.told != Told::no) {
            lists[entry.list]->push_back(entry.told == Told::fully
                                             ? std::move(entry.error)
                                             : brief(entry.error, with_field));
        }
    }
}

}  // namespace creneau::http

#include "api/mail/status_fields.hpp"

#include <algorithm>
#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include <tl/expected.hpp>

namespace creneau::mail {
namespace {

/// By name in lower case; the first of a name counts.
using Group = std::map<std::string, std::string>;

std::string lower(std::string_view text) {
    std::string result(text);
    std::ranges::transform(result, result.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    return result;
}

std::string_view trimmed(std::string_view text) {
    constexpr std::string_view kBlank = " \t\r\n";
    const std::size_t first = text.find_first_not_of(kBlank);
    return first == std::string_view::npos
               ? std::string_view()
               : text.substr(first, text.find_last_not_of(kBlank) - first + 1);
}

/// Lines without their ends; what begins with a blank goes on with the line before.
std::vector<std::string> unfolded(std::string_view text) {
    std::vector<std::string> lines;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        std::string_view line = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        if (line.ends_with('\r')) {
            line.remove_suffix(1);
        }
        const bool goes_on = !line.empty() && (line.front() == ' ' || line.front() == '\t');
        if (goes_on && !lines.empty() && !lines.back().empty() && !trimmed(line).empty()) {
            lines.back() += line;
        } else {
            lines.emplace_back(trimmed(line).empty() ? std::string_view() : line);
        }
    }
    return lines;
}

/// The groups of fields that empty lines part.
std::vector<Group> groups_of(std::string_view text) {
    std::vector<Group> groups;
    bool open = false;
    for (const std::string& line : unfolded(text)) {
        if (line.empty()) {
            open = false;
            continue;
        }
        if (!open) {
            groups.emplace_back();
            open = true;
        }
        const std::size_t colon = std::min(line.find(':'), line.size());
        groups.back().try_emplace(
            lower(trimmed(std::string_view(line).substr(0, colon))),
            trimmed(std::string_view(line).substr(std::min(colon + 1, line.size()))));
    }
    return groups;
}

/// Without the comment that may follow it: "failed (delivery)".
std::string_view first_word(std::string_view value) {
    return trimmed(value.substr(0, value.find_first_of(" \t(")));
}

bool is_digits(std::string_view text) {
    constexpr std::size_t kMostDigits = 3;
    return !text.empty() && text.size() <= kMostDigits &&
           std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

/// RFC 3463 of a failure: 4 or 5, a subject, a detail.
bool is_failure_status(std::string_view status) {
    const std::size_t first = status.find('.');
    const std::size_t last = status.rfind('.');
    return first == 1 && last > first + 1 && (status[0] == '4' || status[0] == '5') &&
           is_digits(status.substr(2, last - 2)) && is_digits(status.substr(last + 1));
}

}  // namespace

tl::expected<std::string, NoStatus> failed_status(std::string_view fields) {
    bool has_action = false;
    for (const Group& group : groups_of(fields)) {
        const auto action = group.find("action");
        if (action == group.end()) {
            continue;
        }
        has_action = true;
        if (lower(first_word(action->second)) != "failed") {
            continue;
        }
        const auto status = group.find("status");
        if (status == group.end() || !is_failure_status(first_word(status->second))) {
            return tl::unexpected(NoStatus::malformed);
        }
        return std::string(first_word(status->second));
    }
    return tl::unexpected(has_action ? NoStatus::not_failed : NoStatus::malformed);
}

}  // namespace creneau::mail

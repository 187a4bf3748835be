#include "api/estate/postal_address.hpp"

#include "api/estate/field_rules.hpp"
#include "api/estate/import_error.hpp"
#include "api/estate/object_reader.hpp"

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

namespace creneau::estate {
namespace {

using nlohmann::json;

constexpr std::size_t kMostLines = 5;
constexpr std::ptrdiff_t kLongestLine = 38;

/// Characters of valid UTF-8.
std::ptrdiff_t length_of(std::string_view text) {
    return std::ranges::count_if(
        text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; });
}

bool is_line(const json& value) {
    if (!value.is_string()) {
        return false;
    }
    const auto& line = value.get_ref<const std::string&>();
    return has_letters(line) && is_plain_text(line) && length_of(line) <= kLongestLine;
}

}  // namespace

std::string read_postal_address(ObjectReader& reader, std::vector<ImportError>& errors) {
    std::string address;
    std::size_t lines = 0;
    reader.list("postal_address", false, [&](const json& value, const std::string& place) {
        ++lines;
        if (!is_line(value)) {
            errors.push_back({place, "bad_value", "a line of 1 to 38 characters is wanted"});
        } else {
            address += (address.empty() ? "" : "\n") + value.get_ref<const std::string&>();
        }
    });
    if (lines > kMostLines) {
        reader.fail("postal_address", "bad_value", "at most five lines fit an envelope's window");
    }
    return address;
}

}  // namespace creneau::estate

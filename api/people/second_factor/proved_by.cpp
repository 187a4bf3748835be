#include "api/people/second_factor/proved_by.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>

namespace creneau::people {

namespace {

constexpr std::array kAll{ProvedBy::code, ProvedBy::password, ProvedBy::second_factor};

}  // namespace

std::string_view word_of(ProvedBy proved) {
    switch (proved) {
        case ProvedBy::code:
            return "code";
        case ProvedBy::password:
            return "password";
        case ProvedBy::second_factor:
            return "second_factor";
    }
    return "";
}

std::optional<ProvedBy> proved_by_of(std::string_view word) {
    const auto* found =
        std::ranges::find_if(kAll, [&](ProvedBy proved) { return word_of(proved) == word; });
    return found == kAll.end() ? std::nullopt : std::optional(*found);
}

}  // namespace creneau::people

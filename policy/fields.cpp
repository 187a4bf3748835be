#include "policy/fields.hpp"

#include "policy/cbor.hpp"
#include "policy/error.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace creneau::policy {

std::chrono::seconds read_seconds(cbor::Reader& in, std::uint64_t smallest, std::uint64_t largest) {
    return std::chrono::seconds{static_cast<std::int64_t>(in.number(smallest, largest))};
}

std::string read_text(cbor::Reader& in, std::size_t longest) {
    const std::string_view text = in.text(longest);
    if (in.ok() && text.empty()) {
        in.fail(PolicyFault::out_of_range);
    }
    return std::string{text};
}

}  // namespace creneau::policy

#include "api/privacy/erasure_types.hpp"

#include <algorithm>
#include <string_view>

namespace creneau::privacy {

bool is_erasure_reason(std::string_view word) {
    return std::ranges::find(kErasureReasons, word) != kErasureReasons.end();
}

}  // namespace creneau::privacy

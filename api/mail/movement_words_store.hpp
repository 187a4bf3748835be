#pragma once

#include "api/store/session.hpp"

#include <cstdint>
#include <string>

namespace creneau::mail {

/// The facts of a mail about an arrival or a departure with who it is about and what they do, as
/// the database says now; facts that cannot be read as they are.
[[nodiscard]] std::string with_words_of_movement(store::Session& session, std::int64_t town_id,
                                                 const std::string& facts);

}  // namespace creneau::mail

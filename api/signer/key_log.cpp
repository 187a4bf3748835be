#include "api/signer/key_log.hpp"

#include "api/signer/instant_text.hpp"

#include <chrono>
#include <filesystem>
#include <string_view>

#include <fmt/core.h>

namespace creneau::signer {

KeyLog::KeyLog(const std::filesystem::path& state) : log_(state / "keys.log") {}

void KeyLog::append(const KeyOperation& operation, std::string_view state,
                    std::chrono::sys_seconds now) {
    log_.append(fmt::format("{} {} key={} confirmation={} {}", to_text(now), operation.step,
                            operation.key, operation.confirmation, state));
}

}  // namespace creneau::signer

#include "api/signer/key_log.hpp"

#include "api/signer/instant_text.hpp"
#include "api/store/durable_file.hpp"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include <fmt/core.h>

namespace creneau::signer {

namespace {

constexpr auto kName = "keys.log";
constexpr std::size_t kLongestLog = std::size_t{64} << 20;  // more than a town writes in a century
constexpr std::size_t kMostAtOnce = std::size_t{16} << 10;

}  // namespace

KeyLog::KeyLog(const std::filesystem::path& state) : log_(state / kName) {}

void KeyLog::append(const KeyOperation& operation, std::string_view state,
                    std::chrono::sys_seconds now) {
    log_.append(fmt::format("{} {} key={} confirmation={} {}", to_text(now), operation.step,
                            operation.key, operation.confirmation, state));
}

std::optional<std::string> key_log_lines(const std::filesystem::path& state, std::int64_t after) {
    const auto path = state / kName;
    if (!std::filesystem::exists(path)) {
        return after == 0 ? std::optional<std::string>("") : std::nullopt;
    }
    const auto bytes = store::read_file(path, kLongestLog);
    if (std::cmp_less(bytes.size(), after)) {
        return std::nullopt;
    }
    std::string lines(bytes.begin() + after, bytes.end());
    lines.resize(std::min(lines.size(), kMostAtOnce));
    lines.resize(lines.rfind('\n') + 1);  // npos + 1: none
    return lines;
}

}  // namespace creneau::signer

#include "api/signer/policy_versions.hpp"

#include "api/store/durable_file.hpp"
#include "policy/policy.hpp"

#include <charconv>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

namespace creneau::signer {
namespace {

constexpr std::size_t kLargestFile = 32;

std::uint64_t read_version(const std::filesystem::path& file) {
    if (!std::filesystem::exists(file)) {
        return 0;
    }
    const auto bytes = store::read_file(file, kLargestFile);
    const std::string text(bytes.begin(), bytes.end());
    std::uint64_t version = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), version);
    if (error != std::errc{} || end == text.data() || std::string(end) != "\n" || version == 0) {
        throw std::runtime_error(file.string() + ": does not hold a policy version");
    }
    return version;
}

}  // namespace

PolicyVersions::PolicyVersions(std::filesystem::path state) : state_(std::move(state)) {}

std::uint64_t PolicyVersions::next(std::int64_t agent_id,
                                   std::chrono::sys_time<std::chrono::milliseconds> now) {
    const auto file = state_ / ("policy-version-" + std::to_string(agent_id));
    const auto version = policy::next_version(read_version(file), now);
    const auto text = std::to_string(version) + "\n";
    store::write_durably(file, std::vector<std::uint8_t>(text.begin(), text.end()));
    return version;
}

}  // namespace creneau::signer

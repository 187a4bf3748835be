#include "door-agent/sync/agent_identity.hpp"

#include "door-agent/sync/slot_file.hpp"
#include "link/key_change.hpp"
#include "link/text_forms.hpp"
#include "qr/pass.hpp"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <sodium.h>

namespace creneau::door {
namespace {

constexpr std::string_view kKeyFile = "agent.key";
constexpr std::string_view kNextKeyFile = "agent.key.next";
constexpr std::string_view kCounterFile = "agent.counter";
constexpr std::int64_t kSetAside = 1000;
constexpr std::size_t kLongestFile = 128;

std::string text_of(const std::vector<std::uint8_t>& bytes) {
    std::string text(bytes.begin(), bytes.end());
    if (text.ends_with('\n')) {
        text.pop_back();
    }
    return text;
}

std::vector<std::uint8_t> line_of(std::string text) {
    text += '\n';
    return {text.begin(), text.end()};
}

}  // namespace

AgentIdentity::Pair::Pair(const Seed& seed) {
    crypto_sign_seed_keypair(public_key.data(), secret_key.data(), seed.data());
}

AgentIdentity::Pair::~Pair() {
    sodium_memzero(secret_key.data(), secret_key.size());
}

AgentIdentity::AgentIdentity(std::filesystem::path state_dir, const Pair& pair)
    : state_dir_(std::move(state_dir)), pair_(pair), next_(read_pair(state_dir_ / kNextKeyFile)) {}

/// Absent where there is none, or one that is none of ours.
std::optional<AgentIdentity::Pair> AgentIdentity::read_pair(const std::filesystem::path& file) {
    auto bytes = read_whole(file, kLongestFile);
    Seed seed{};
    auto raw = bytes ? link::from_hex(text_of(*bytes), seed.size()) : std::nullopt;
    if (!raw) {
        return std::nullopt;
    }
    std::ranges::copy(*raw, seed.begin());
    sodium_memzero(raw->data(), raw->size());
    sodium_memzero(bytes->data(), bytes->size());
    const Pair pair(seed);
    sodium_memzero(seed.data(), seed.size());
    return pair;
}

std::optional<AgentIdentity> AgentIdentity::load(const std::filesystem::path& state_dir) {
    const auto file = state_dir / kKeyFile;
    if (!std::filesystem::exists(file)) {
        return std::nullopt;
    }
    const auto pair = read_pair(file);
    if (!pair) {
        throw std::runtime_error(
            fmt::format("{}: holds no key of an agent; enrol this board anew", file.string()));
    }
    return AgentIdentity(state_dir, *pair);
}

AgentIdentity AgentIdentity::make(const std::filesystem::path& state_dir) {
    if (auto there = load(state_dir)) {
        return *std::move(there);
    }
    Seed seed{};
    randombytes_buf(seed.data(), seed.size());
    const auto trouble = replace_file(state_dir / kKeyFile, line_of(link::to_hex(seed)));
    if (!trouble.empty()) {
        throw std::runtime_error(fmt::format("{}: {}", (state_dir / kKeyFile).string(), trouble));
    }
    return {state_dir, Pair(seed)};
}

qr::Signature AgentIdentity::sign(std::span<const std::uint8_t> message) const {
    qr::Signature signature{};
    crypto_sign_detached(signature.data(), nullptr, message.data(), message.size(),
                         signing().secret_key.data());
    return signature;
}

std::chrono::sys_seconds AgentIdentity::key_since() const {
    std::error_code error;
    const auto at = std::filesystem::last_write_time(state_dir_ / kKeyFile, error);
    return error ? std::chrono::sys_seconds::max()
                 : std::chrono::floor<std::chrono::seconds>(std::chrono::file_clock::to_sys(at));
}

std::optional<AgentIdentity::NextKey> AgentIdentity::next_key(qr::TownId town,
                                                              const std::string& agent) {
    if (!next_) {
        Seed seed{};
        randombytes_buf(seed.data(), seed.size());
        if (!replace_file(state_dir_ / kNextKeyFile, line_of(link::to_hex(seed))).empty()) {
            return std::nullopt;
        }
        next_.emplace(seed);
        sodium_memzero(seed.data(), seed.size());
    }
    const auto message = link::to_be_proved({town, agent, pair_.public_key, next_->public_key});
    NextKey next{next_->public_key, {}};
    crypto_sign_detached(next.proof.data(), nullptr, message.data(), message.size(),
                         next_->secret_key.data());
    return next;
}

void AgentIdentity::try_other_key() {
    tries_next_ = next_ && !tries_next_;
}

bool AgentIdentity::settle(bool next_is_taken) {
    if (!next_ || !(next_is_taken || tries_next_)) {
        return false;
    }
    std::error_code error;
    std::filesystem::rename(state_dir_ / kNextKeyFile, state_dir_ / kKeyFile, error);
    if (error) {
        tries_next_ = true;  // and settles later
        return false;
    }
    pair_ = *next_;
    next_.reset();
    tries_next_ = false;
    return true;
}

std::optional<std::int64_t> AgentIdentity::next_counter() {
    if (counter_ < set_aside_) {
        return ++counter_;
    }
    const auto file = state_dir_ / kCounterFile;
    if (set_aside_ == 0 && std::filesystem::exists(file)) {
        const auto bytes = read_whole(file, kLongestFile);
        const auto text = bytes ? text_of(*bytes) : std::string();
        const auto [end, fault] =
            std::from_chars(text.data(), text.data() + text.size(), set_aside_);
        if (fault != std::errc{} || end != text.data() + text.size() || set_aside_ < 0) {
            set_aside_ = 0;
            return std::nullopt;
        }
    }
    const auto next = set_aside_ + kSetAside;
    if (!replace_file(file, line_of(std::to_string(next))).empty()) {
        return std::nullopt;
    }
    counter_ = set_aside_;
    set_aside_ = next;
    return ++counter_;
}

}  // namespace creneau::door

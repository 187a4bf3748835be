#include "door-agent/sync/policy_store.hpp"

#include "door-agent/clock/boot_time.hpp"
#include "door-agent/sync/slot_file.hpp"
#include "policy/error.hpp"
#include "policy/fingerprint.hpp"
#include "policy/policy.hpp"
#include "policy/policy_file.hpp"

#include <array>
#include <chrono>
#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <utility>

#include <fmt/format.h>
#include <sys/stat.h>

namespace creneau::door {
namespace {

constexpr std::size_t kLargestFile =
    policy::kLargestManifest + (policy::kLargestPage << policy::kLargestPageBits) + 65'536;
constexpr std::chrono::seconds kSaveAgain{60};
/// What was refused may pass later though the file is the same: its date comes nearer, a folder on
/// the way is opened.
constexpr std::chrono::seconds kJudgeAgain{600};

}  // namespace

PolicyStore::PolicyStore(PolicyStoreSettings settings) : settings_(std::move(settings)) {}

std::filesystem::path PolicyStore::slot(int number) const {
    return settings_.state_dir / fmt::format("policy-{}.cose", number);
}

policy::Expectations PolicyStore::expectations() const {
    policy::Expectations expected;
    expected.roots = settings_.roots;
    expected.town = settings_.town;
    expected.agent = settings_.agent;
    expected.held = settings_.held_before;
    if (policy_ && (!expected.held || policy::newer(policy_->order, *expected.held))) {
        expected.held = policy_->order;
    }
    return expected;
}

bool PolicyStore::load() {
    for (const int number : {0, 1}) {
        const auto bytes = read_whole(slot(number), kLargestFile);
        if (!bytes) {
            continue;
        }
        auto opened = policy::open_policy_file(*bytes, expectations());
        if (opened && (!policy_ || policy::newer(opened->order, policy_->order))) {
            policy_ = std::move(*opened);
            current_hash_ = policy::blake2b_256(*bytes);
            current_slot_ = number;
        }
    }
    return policy_.has_value();
}

std::optional<PolicyStore::FileMark> PolicyStore::mark_of(const std::filesystem::path& file) {
    struct stat status{};
    if (::stat(file.c_str(), &status) != 0) {
        return std::nullopt;
    }
    return FileMark{status.st_dev, status.st_ino, status.st_size,
                    status.st_mtim.tv_sec * 1'000'000'000 + status.st_mtim.tv_nsec,
                    status.st_ctim.tv_sec * 1'000'000'000 + status.st_ctim.tv_nsec};
}

std::optional<PolicyNews> PolicyStore::look(std::optional<std::chrono::sys_seconds> trusted_now,
                                            BootTime now) {
    if (unsaved_ && now >= save_again_at_) {
        return save_again(now);
    }
    if (!trusted_now) {
        return std::nullopt;
    }
    const auto mark = mark_of(settings_.watched);
    const bool steady = mark && mark == seen_;
    seen_ = mark;
    if (!steady || (mark == judged_ && (told_.empty() || now < judge_again_at_))) {
        return std::nullopt;
    }
    if (mark != judged_) {
        told_.clear();
    }
    judged_ = mark;
    const auto bytes = read_whole(settings_.watched, kLargestFile);
    if (!bytes) {
        return refused({false, true, "cannot be read, or is too large"}, now);
    }
    auto expected = expectations();
    expected.trusted_now = trusted_now;
    auto news = judge(*bytes, expected);
    if (news && !news->accepted) {
        return refused(std::move(*news), now);
    }
    told_.clear();
    if (news && !news->saved) {
        unsaved_ = *bytes;
        save_again_at_ = now + kSaveAgain;
    }
    return news;
}

std::optional<PolicyNews> PolicyStore::offer(const Bytes& bytes, const Bytes& nonce,
                                             std::optional<std::chrono::sys_seconds> trusted_now,
                                             BootTime now) {
    auto expected = expectations();
    expected.trusted_now = trusted_now;
    expected.nonce = nonce;
    auto news = judge(bytes, expected);
    if (news && news->accepted && !news->saved) {
        unsaved_ = bytes;
        save_again_at_ = now + kSaveAgain;
    }
    return news;
}

std::filesystem::path PolicyStore::current_file() const {
    return policy_ ? slot(current_slot_) : std::filesystem::path();
}

std::optional<PolicyNews> PolicyStore::refused(PolicyNews news, BootTime now) {
    judge_again_at_ = now + kJudgeAgain;
    if (std::exchange(told_, news.detail) == news.detail) {
        return std::nullopt;
    }
    return news;
}

std::optional<PolicyNews> PolicyStore::judge(const Bytes& bytes,
                                             const policy::Expectations& expected) {
    const auto hash = policy::blake2b_256(bytes);
    if (policy_ && hash == current_hash_) {
        return std::nullopt;
    }
    auto opened = policy::open_policy_file(bytes, expected);
    if (!opened) {
        return PolicyNews{false, true, policy::describe(opened.error())};
    }
    unsaved_.reset();
    auto why_not_saved = save(bytes);
    policy_ = std::move(*opened);
    current_hash_ = hash;
    const bool saved = why_not_saved.empty();
    return PolicyNews{true, saved, std::move(why_not_saved)};
}

std::string PolicyStore::save(const Bytes& bytes) {
    const int other = 1 - current_slot_;
    auto trouble = replace_file(slot(other), bytes);
    if (trouble.empty()) {
        current_slot_ = other;
    }
    return trouble;
}

std::optional<PolicyNews> PolicyStore::save_again(BootTime now) {
    if (!unsaved_) {
        return std::nullopt;
    }
    const auto trouble = save(*unsaved_);
    if (!trouble.empty()) {
        save_again_at_ = now + kSaveAgain;
        return std::nullopt;
    }
    unsaved_.reset();
    return PolicyNews{true, true, "saved at last"};
}

}  // namespace creneau::door

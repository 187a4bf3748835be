#pragma once

#include "door-agent/clock/confirmation.hpp"
#include "door-agent/door/agent.hpp"
#include "tests/door-agent/support/door_town.hpp"
#include "tests/door-agent/support/fake_lock.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace creneau::door {

using namespace std::chrono_literals;
using test::DoorTown;
using test::PassWish;

inline std::chrono::sys_seconds today() {
    return std::chrono::time_point_cast<std::chrono::seconds>(std::chrono::system_clock::now());
}

/// One agent with a fake lock at "danton-rue", the real journal and the real policy store.
class AgentAtADoor : public testing::Test {
  protected:
    AgentAtADoor() : town_(today()), wall_(today()) {
        town_.revoke(66, 0);
        test::write_file(folder_.path() / "policy.cose", town_.policy_file(1));
        build();
    }

    void build() {
        agent_.reset();
        journal_.reset();  // what was posted is on disk
        journal_ = std::make_unique<JournalWriter>(
            JournalSettings{folder_.path() / "journal.db", "danton", 1000}, first_row_,
            JournalListener{});
        policies_ = std::make_unique<PolicyStore>(
            PolicyStoreSettings{folder_.path() / "policy.cose", folder_.path(),
                                town_.town.expectations().roots, policy::kTown, "danton"});
        time_ = std::make_unique<TimeKeeper>(
            TimeKeeper::Settings{ClockSource::rtc, boot_id_,
                                 [this] { return ClockSample{wall_, boot_now() + later_, false}; },
                                 town_.now() - 24h, folder_.path() / kClockWordFile},
            journal_->time_at_start());
        agent_ = std::make_unique<Agent>(
            AgentParts{*journal_,
                       *policies_,
                       *time_,
                       {{"danton-rue", &lock_}},
                       {{"qr", {"danton-rue"}}, {"plate", {"danton-rue", BadgeFormat{}}}},
                       {{"danton-rue", {InputPlace{"relays", 1, 0, true}, {}, {}}}},
                       [this](Message message) { answers_.push_back(std::move(message)); },
                       [this](const Feedback& shown) { shown_.push_back(shown.granted); }});
        agent_->start();
        tell(LockNotice::ready);
    }

    void tell(LockNotice notice) {
        agent_->handle(told::LockState{LockEvent{notice, "danton-rue", "", boot_now()}});
    }

    /// Whether the reader showed "granted".
    bool read(const std::string& digits, BootTime at = boot_now()) {
        const auto shown = shown_.size();
        agent_->handle(told::Read{ReaderFrame{"qr", digits, at}});
        for (auto& answer : std::exchange(answers_, {})) {
            agent_->handle(answer);
        }
        return shown_.size() > shown && shown_.back();
    }

    [[nodiscard]] PassWish wish(std::uint64_t id) const {
        PassWish wish;
        wish.id = id;
        wish.from = town_.now() - 10min;
        return wish;
    }

    [[nodiscard]] PassWish once(std::uint64_t id) const {
        auto one = wish(id);
        one.use = qr::Use::once_per_door;
        return one;
    }

    [[nodiscard]] PassWish tomorrow() const {
        auto one = wish(8);
        one.from = town_.now() + 24h - 10min;
        return one;
    }

    /// A person says that the wall clock is right as it stands.
    void confirm_clock() const {
        const auto text = text_of(ClockWord{boot_id_, {wall_, boot_now()}});
        test::write_file(folder_.path() / kClockWordFile, {text.begin(), text.end()});
    }

    /// Stops the agent and tells the reasons in its journal.
    std::vector<std::string> reasons() {
        agent_->stop();
        agent_.reset();
        journal_.reset();
        std::vector<std::string> words;
        for (const auto& [sequence, event] : read_events(folder_.path() / "journal.db")) {
            words.push_back(event.reason);
        }
        return words;
    }

    [[nodiscard]] static bool has(const std::vector<std::string>& words, const std::string& word) {
        return std::ranges::find(words, word) != words.end();
    }

    test::TempFolder folder_;
    DoorTown town_;
    std::chrono::sys_seconds wall_;
    std::string boot_id_ = "this-boot";
    BootTime later_{0};
    Event first_row_;
    test::FakeLock lock_;
    std::vector<Message> answers_;
    std::vector<bool> shown_;
    std::unique_ptr<JournalWriter> journal_;
    std::unique_ptr<PolicyStore> policies_;
    std::unique_ptr<TimeKeeper> time_;
    std::unique_ptr<Agent> agent_;
};

}  // namespace creneau::door

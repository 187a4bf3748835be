#pragma once

#include "door-agent/journal/journal.hpp"
#include "door-agent/journal/unsent.hpp"
#include "door-agent/sync/agent_identity.hpp"
#include "door-agent/sync/arrived_policy.hpp"
#include "door-agent/sync/command_desk.hpp"
#include "door-agent/sync/standing.hpp"
#include "door-agent/sync/sync_message.hpp"
#include "door-agent/sync/town_client.hpp"

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include <tl/expected.hpp>

namespace creneau::door {

/// What the link knows of the agent, and tells it.
struct LinkParts {
    std::string agent;
    std::filesystem::path journal;  ///< the file whose events go to the town
    std::int64_t journal_capacity = 0;
    std::function<void(ArrivedPolicy)> arrived;             ///< on the link's thread; brief
    std::function<void(const Acknowledged&)> acknowledged;  ///< the same
    CommandDeskSettings commands;
    std::function<void(const ArrivedCommand&)> commanded;  ///< the same
};

/// Asks the town for policies on a thread of its own, one request after another: each waits there
/// until something changes; a row of the journal ends the wait and goes along with the next. Rows
/// that the town refuses stay, are tried again later and hold nothing else up. A command that is
/// offered is asked for at once, and once. What goes wrong is
/// tried again with growing pauses, and decisions at the doors never wait for any of it.
class TownLink {
  public:
    TownLink(const TownSettings& settings, AgentIdentity identity, LinkParts parts);
    ~TownLink();
    TownLink(const TownLink&) = delete;
    TownLink& operator=(const TownLink&) = delete;

    /// For the next request; a journal that grew begins it. Any thread.
    void stand(const Standing& standing);

  private:
    enum class Outcome : std::uint8_t { brought, nothing_new, failed, interrupted };
    using Clock = std::chrono::steady_clock;

    void run();
    Outcome sync_once();
    [[nodiscard]] Standing standing_now();
    [[nodiscard]] SyncAsk ask_with(const Standing& standing, const std::vector<Page>& pages) const;
    void offer_key_when_due(SyncAsk& ask);
    [[nodiscard]] std::optional<UnsentRows> events_due() const;
    tl::expected<TownAnswer, std::string> post(const TownRequest& request, const SyncAsk& ask);
    void take_back(const SyncAsk& ask, long status);
    bool take_acknowledged(const SyncAsk& ask, const SyncAnswer& answer);
    bool take_commands(const SyncAsk& ask, const SyncAnswer& answer);
    [[nodiscard]] std::optional<TownRequest> signed_request(const SyncAsk& ask);
    Outcome take(const std::string& body, const SyncAsk& ask, const std::vector<Page>& pages);
    [[nodiscard]] std::vector<Page> held_pages(const Standing& standing);
    /// False when the link is to end.
    bool pause(std::chrono::milliseconds time);
    void tell(const std::string& state);

    TownClient client_;
    AgentIdentity identity_;
    LinkParts parts_;
    CommandDesk desk_;
    std::optional<CommandDesk::Question> question_;  ///< goes along with the next request
    std::uint64_t asked_for_ = 0;                    ///< the last command that was asked for
    std::int64_t seen_ = 0;
    std::vector<Page> came_;  ///< of a policy that takes several answers
    std::optional<Clock::time_point> fresh_at_;
    std::optional<Acknowledged> acknowledged_;
    bool is_busy_ = false;  ///< events went along with the request before
    std::optional<Clock::time_point> events_again_at_;  ///< the town refused some; then again
    std::string told_;

    std::mutex mutex_;
    std::condition_variable changed_;
    Standing standing_;
    bool waits_for_events_ = false;  ///< a request is held that the next row of the journal ends
    std::int64_t journal_seen_ = 0;  ///< last row when that request was made
    bool stopping_ = false;
    std::thread thread_;
};

}  // namespace creneau::door

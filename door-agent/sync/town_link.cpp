#include "door-agent/sync/town_link.hpp"

#include "door-agent/clock/boot_time.hpp"
#include "door-agent/journal/journal.hpp"
#include "door-agent/journal/unsent.hpp"
#include "door-agent/sync/agent_identity.hpp"
#include "door-agent/sync/command_desk.hpp"
#include "door-agent/sync/slot_file.hpp"
#include "door-agent/sync/standing.hpp"
#include "door-agent/sync/sync_message.hpp"
#include "door-agent/sync/town_client.hpp"
#include "link/request_signature.hpp"
#include "policy/fingerprint.hpp"
#include "policy/policy_file.hpp"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <sodium.h>
#include <spdlog/spdlog.h>

namespace creneau::door {
namespace {

using std::chrono::milliseconds;

constexpr auto kSync = "/door-agent/v1/sync";
constexpr std::chrono::seconds kWait{25};
/// While doors are busy no request is ended for a row: rows gather for so long.
constexpr std::chrono::seconds kBusyWait{2};
/// The town takes no more at once (kMostEvents there).
constexpr std::size_t kMostEvents = 500;
/// Events that the town refused are offered again.
constexpr std::chrono::minutes kEventsAgain{5};
constexpr std::chrono::seconds kPatience{40};
/// A key of the agent is changed after so long.
constexpr std::chrono::days kKeyServes{90};
/// A policy is fresh for an hour; it is renewed well before.
constexpr std::chrono::minutes kRenewAfter{15};
constexpr milliseconds kFirstPause{500};
constexpr milliseconds kLongestPause{30'000};
constexpr std::size_t kLargestFile =
    policy::kLargestManifest + (policy::kLargestPage << policy::kLargestPageBits) + 65'536;

std::vector<std::uint8_t> new_nonce() {
    std::vector<std::uint8_t> nonce(policy::kNonceSize);
    randombytes_buf(nonce.data(), nonce.size());
    return nonce;
}

/// Half of it to all of it, so that agents which lost the town together do not come back together.
milliseconds with_jitter(milliseconds pause) {
    const auto half = static_cast<std::uint32_t>(pause.count() / 2);
    return milliseconds(half + randombytes_uniform(half + 1));
}

}  // namespace

TownLink::TownLink(const TownSettings& settings, AgentIdentity identity, LinkParts parts)
    : client_(settings),
      identity_(std::move(identity)),
      parts_(std::move(parts)),
      desk_(parts_.commands),
      thread_([this] { run(); }) {}

TownLink::~TownLink() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    changed_.notify_all();
    client_.interrupt();
    thread_.join();
}

void TownLink::stand(const Standing& standing) {
    const std::lock_guard lock(mutex_);
    standing_ = standing;
    if (waits_for_events_ && standing.journal.last != journal_seen_) {
        waits_for_events_ = false;
        client_.interrupt();
    }
}

void TownLink::run() {
    auto next = kFirstPause;
    while (true) {
        const auto begun = Clock::now();
        const auto outcome = sync_once();
        next = outcome == Outcome::failed ? std::min(2 * next, kLongestPause) : kFirstPause;
        const bool held_nothing =
            outcome == Outcome::nothing_new && Clock::now() - begun < kFirstPause;
        const bool is_slowed = outcome == Outcome::failed || held_nothing;
        if (!pause(is_slowed ? with_jitter(next) : milliseconds{0})) {
            return;
        }
    }
}

bool TownLink::pause(milliseconds time) {
    std::unique_lock lock(mutex_);
    return !changed_.wait_for(lock, time, [this] { return stopping_; });
}

std::vector<Page> TownLink::held_pages(const Standing& standing) {
    auto pages = came_;
    if (standing.file.empty()) {
        return pages;
    }
    if (const auto file = read_whole(standing.file, kLargestFile)) {
        auto held = pages_of(*file);
        std::ranges::move(held, std::back_inserter(pages));
    }
    return pages;
}

Standing TownLink::standing_now() {
    const std::lock_guard lock(mutex_);
    return standing_;
}

std::optional<UnsentRows> TownLink::events_due() const {
    if (events_again_at_ && Clock::now() < *events_again_at_) {
        return std::nullopt;
    }
    return read_unsent(parts_.journal, acknowledged_, kMostEvents);
}

SyncAsk TownLink::ask_with(const Standing& standing, const std::vector<Page>& pages) const {
    SyncAsk ask;
    ask.nonce = new_nonce();
    ask.standing = standing;
    ask.journal_capacity = parts_.journal_capacity;
    ask.question = question_;
    // Whoever stands before the door does not wait for rows.
    ask.events = ask.question ? std::nullopt : events_due();
    for (const auto& page : pages) {
        ask.pages.push_back(policy::blake2b_256(page));
    }
    ask.seen = seen_;
    ask.fresh = !came_.empty() || !fresh_at_ || Clock::now() - *fresh_at_ >= kRenewAfter;
    const auto patience = is_busy_ || ask.question ? kBusyWait : kWait;
    ask.wait = ask.events ? std::chrono::seconds{0} : patience;
    return ask;
}

/// By a clock to trust alone: one that runs years ahead would change it with every request.
void TownLink::offer_key_when_due(SyncAsk& ask) {
    const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    const bool is_old = now - kKeyServes > identity_.key_since();
    if (is_old && ask.standing.clock == "trusted" && !ask.question) {
        ask.next_key = identity_.next_key(parts_.commands.town, parts_.agent);
    }
}

std::optional<TownRequest> TownLink::signed_request(const SyncAsk& ask) {
    const auto counter = identity_.next_counter();
    if (!counter) {
        return std::nullopt;
    }
    TownRequest request{kSync, write_ask(ask), {}, kPatience, ask.standing.clock != "untrusted"};
    const auto created = std::chrono::duration_cast<std::chrono::seconds>(
        std::chrono::system_clock::now().time_since_epoch());
    const auto headers = link::sign_request(
        {"POST", kSync, request.body},
        {std::max<std::int64_t>(created.count(), 1), parts_.agent, *counter},
        [this](std::span<const std::uint8_t> bytes) { return identity_.sign(bytes); });
    request.headers = {{"Content-Digest", headers.content_digest},
                       {"Signature-Input", headers.signature_input},
                       {"Signature", headers.signature}};
    return request;
}

/// Rows that the journal got since `ask` was made end it, unless it ends soon anyway.
tl::expected<TownAnswer, std::string> TownLink::post(const TownRequest& request,
                                                     const SyncAsk& ask) {
    {
        const std::lock_guard lock(mutex_);
        journal_seen_ = ask.standing.journal.last;
        waits_for_events_ = ask.wait == kWait && !events_again_at_;
    }
    auto answer = client_.post(request);
    const std::lock_guard lock(mutex_);
    waits_for_events_ = false;
    return answer;
}

TownLink::Outcome TownLink::sync_once() {
    const auto standing = standing_now();
    const auto pages = held_pages(standing);
    auto ask = ask_with(standing, pages);
    question_.reset();
    offer_key_when_due(ask);
    const auto request = signed_request(ask);
    if (!request) {
        tell("no request can be sent: agent.counter cannot be written");
        return Outcome::failed;
    }
    const auto answer = post(*request, ask);
    if (!answer) {
        if (client_.take_interrupted()) {
            return Outcome::interrupted;
        }
        tell(fmt::format("the town does not answer: {}", answer.error()));
        return Outcome::failed;
    }
    constexpr long kGood = 200;
    constexpr long kUnknown = 401;
    if (answer->status == kUnknown) {
        identity_.try_other_key();
    }
    if (answer->status != kGood) {
        take_back(ask, answer->status);
        tell(fmt::format("the town refuses: status {}", answer->status));
        return Outcome::failed;
    }
    return take(answer->body, ask, pages);
}

/// Whatever is wrong with rows, the next request goes without them.
void TownLink::take_back(const SyncAsk& ask, long status) {
    constexpr long kMalformed = 400;
    constexpr long kTooLarge = 413;
    constexpr long kUnprocessable = 422;
    if (ask.events && (status == kMalformed || status == kTooLarge || status == kUnprocessable)) {
        events_again_at_ = Clock::now() + kEventsAgain;
        spdlog::error("town: it refuses the rows from {} to {} of the journal; they are kept",
                      ask.events->rows.front().first, ask.events->rows.back().first);
    }
}

/// False when rows were sent and the town says nothing of them.
bool TownLink::take_acknowledged(const SyncAsk& ask, const SyncAnswer& answer) {
    is_busy_ = ask.events.has_value();
    if (!ask.events) {
        return true;
    }
    const auto& rows = ask.events->rows;
    if (!answer.acknowledged || *answer.acknowledged < rows.front().first) {
        return false;
    }
    events_again_at_.reset();
    acknowledged_ = {ask.events->journal, std::min(*answer.acknowledged, rows.back().first)};
    parts_.acknowledged(*acknowledged_);
    return true;
}

/// The answer to the question that was sent, and the next question. True when there was either.
bool TownLink::take_commands(const SyncAsk& ask, const SyncAnswer& answer) {
    if (ask.question && answer.command) {
        const bool is_trusted = ask.standing.clock != "untrusted";
        const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
        const auto taken =
            desk_.take(*answer.command, boot_now(), is_trusted ? std::optional(now) : std::nullopt);
        if (taken.command) {
            parts_.commanded(*taken.command);
        } else {
            spdlog::warn("town: command {} is not obeyed: {}", ask.question->command, taken.fault);
        }
    }
    for (const auto& offered : answer.offered) {
        if (offered.command != asked_for_) {
            asked_for_ = offered.command;
            question_ = desk_.ask(offered.command, offered.door, boot_now());
            break;
        }
    }
    return question_ || (ask.question && answer.command);
}

TownLink::Outcome TownLink::take(const std::string& body, const SyncAsk& ask,
                                 const std::vector<Page>& pages) {
    auto answer = read_answer(body);
    if (!answer) {
        tell("the town's answer is none that this agent knows");
        return Outcome::failed;
    }
    tell("connected");
    if (identity_.settle(answer->key_taken)) {
        spdlog::info("town: this agent signs with a new key");
    }
    const bool took_events = take_acknowledged(ask, *answer) && ask.events;
    const bool took_commands = take_commands(ask, *answer);
    if (!answer->policy) {
        seen_ = answer->serial;
        return took_events || took_commands ? Outcome::brought : Outcome::nothing_new;
    }
    auto file = assemble(*answer->policy, pages);
    if (!file) {
        if (answer->policy->changed.empty()) {
            tell("the town's answer lacks a page of the policy");
            return Outcome::failed;
        }
        std::ranges::move(answer->policy->changed, std::back_inserter(came_));
        return Outcome::brought;
    }
    came_.clear();
    seen_ = answer->serial;
    fresh_at_ = Clock::now();
    parts_.arrived({*std::move(file), ask.nonce});
    return Outcome::brought;
}

void TownLink::tell(const std::string& state) {
    if (std::exchange(told_, state) != state) {
        spdlog::info("town: {}", state);
    }
}

}  // namespace creneau::door

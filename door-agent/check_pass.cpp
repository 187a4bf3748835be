#include "door-agent/commands.hpp"
#include "door-agent/journal/journal.hpp"
#include "door-agent/sync/slot_file.hpp"
#include "policy/decide.hpp"
#include "policy/error.hpp"
#include "policy/memory.hpp"
#include "policy/policy.hpp"
#include "policy/policy_file.hpp"
#include "qr/digits.hpp"
#include "qr/pass.hpp"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <ostream>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include <fmt/format.h>

namespace creneau::door {
namespace {

using policy::Check;

constexpr std::size_t kLargestFile =
    policy::kLargestManifest + (policy::kLargestPage << policy::kLargestPageBits) + 65'536;

/// What each check asks, as a sentence for whoever stands before a door that stays shut.
std::string_view question_of(Check check) {
    switch (check) {
        case Check::shape:
            return "the read is 200 digits";
        case Check::range:
            return "the digits are 83 bytes (below 2^664)";
        case Check::fields:
            return "version and every field are of this format";
        case Check::key_known:
            return "the policy holds a pass key of this number";
        case Check::key_window:
            return "that key's certificate is in its window now";
        case Check::pass_in_key_window:
            return "the pass's window lies inside the certificate's";
        case Check::longest_pass:
            return "the pass is not longer than the certificate allows";
        case Check::signature:
            return "the signature verifies for this town";
        case Check::door_known:
            return "the policy knows this door";
        case Check::door_state:
            return "the door is neither out of use nor locked down";
        case Check::scope:
            return "the pass is for this door, or for a zone that holds it";
        case Check::clock:
            return "the clock is to be trusted";
        case Check::policy_age:
            return "the policy is not too old";
        case Check::time:
            return "now is in the pass's window, give or take the skew";
        case Check::revocation:
            return "the pass is not revoked";
        case Check::revision:
            return "no newer revision of the pass was shown";
        case Check::use:
            return "a once-per-door pass has not opened this door before";
        case Check::badge_known:
        case Check::assurance:
        case Check::hours:
        case Check::passback:
        case Check::none:
            return "";
    }
    return "";
}

void print_policy(const policy::Policy& policy, std::ostream& out) {
    out << fmt::format("policy: agent {}, generation {}, version {}, issued {}\n", policy.agent,
                       policy.order.generation, policy.order.version, text_of(policy.issued_at));
}

/// What the code says, whether or not its signature is right.
void print_pass(const std::string& text, std::ostream& out) {
    const auto bytes = qr::from_reader(text);
    const auto pass = bytes ? qr::decode_pass(*bytes)
                            : tl::expected<qr::PassFields, qr::PassError>(
                                  tl::make_unexpected(qr::PassError::wrong_version));
    if (!pass) {
        out << "pass: not readable as one\n";
        return;
    }
    out << fmt::format("pass: {:014x} revision {}, key {}, scope {}, {} to {}, {}\n",
                       static_cast<std::uint64_t>(pass->pass_id), pass->revision, pass->key_id,
                       pass->scope, text_of(pass->not_before), text_of(qr::end_of(*pass)),
                       pass->use == qr::Use::many ? "many times" : "once per door");
}

std::string line_of(Check check, std::string_view mark) {
    return fmt::format("  {:<8} {:<19} {}\n", mark, policy::word_for(check), question_of(check));
}

void print_checks(const policy::Decision& decision, std::ostream& out) {
    for (int i = 0; i <= static_cast<int>(Check::use); ++i) {
        const auto check = static_cast<Check>(i);
        if (check == decision.check) {
            out << line_of(check, "REFUSED");
            return;
        }
        out << line_of(check, "ok");
    }
}

policy::Decision decide_at(const policy::Policy& policy, const policy::Memory& memory,
                           const policy::Door& door, const CheckRequest& request) {
    policy::Presented presented;
    presented.credential = policy::PassText{request.text};
    presented.door = door.scope;
    presented.at = request.at;
    presented.clock.trust = policy::ClockTrust::trusted;
    return policy::decide(policy, memory, presented);
}

std::vector<policy::Door> doors_to_try(const policy::Policy& policy, const CheckRequest& request) {
    if (!request.door) {
        return policy.doors;
    }
    const auto* door = policy.find_door(std::string_view{*request.door});
    return door != nullptr ? std::vector{*door} : std::vector<policy::Door>{};
}

tl::expected<policy::Policy, std::string> open_policy(const CheckRequest& request) {
    const auto bytes = read_whole(request.policy_file, kLargestFile);
    if (!bytes) {
        return tl::unexpected(std::string("cannot be read"));
    }
    policy::Expectations expected;
    expected.roots = request.roots;
    expected.town = request.town;
    expected.agent = request.agent;
    auto opened = policy::open_policy_file(*bytes, expected);
    if (!opened) {
        return tl::unexpected(policy::describe(opened.error()));
    }
    return std::move(*opened);
}

/// What the agent remembers; absent when its journal is there but cannot be read: without it the
/// answer could be another than the door's.
std::optional<policy::Memory> remembered_by(const CheckRequest& request, std::ostream& out) {
    std::error_code hidden;
    const bool there =
        request.journal && (std::filesystem::exists(*request.journal, hidden) || hidden);
    out << "assumed: the agent's clock is trusted and its policy has no age"
        << (there ? "\n" : "; no journal, so no marks of earlier use\n");
    if (!there) {
        return policy::Memory{};
    }
    auto memory = read_memory(*request.journal);
    if (!memory) {
        out << fmt::format("{}: the journal cannot be read: run this as the agent's user\n",
                           request.journal->string());
    }
    return memory;
}

int explain(const policy::Policy& policy, const CheckRequest& request, std::ostream& out) {
    const auto doors = doors_to_try(policy, request);
    if (doors.empty()) {
        out << fmt::format("{}: the policy does not know door \"{}\"\n",
                           request.policy_file.string(), request.door.value_or(""));
        return kExitUsage;
    }
    auto remembered = remembered_by(request, out);
    if (!remembered) {
        return kExitUsage;
    }
    policy::Memory memory = std::move(*remembered);
    policy::merge(memory, policy);
    policy::Decision best;
    for (const auto& door : doors) {
        const auto decision = decide_at(policy, memory, door, request);
        out << fmt::format("door {} (scope {}) at {}\n", door.key, door.scope, text_of(request.at));
        print_checks(decision, out);
        if (decision.check >= best.check) {
            best = decision;
        }
    }
    out << fmt::format("decision: {}, {}\n", best.allow ? "allow" : "deny",
                       policy::word_for(best.reason));
    return best.allow ? kExitDone : kExitNo;
}

}  // namespace

int check_pass(const CheckRequest& request, std::ostream& out) {
    const auto policy = open_policy(request);
    if (!policy) {
        out << fmt::format("{}: {}\n", request.policy_file.string(), policy.error());
        return kExitUsage;
    }
    print_policy(*policy, out);
    print_pass(request.text, out);
    return explain(*policy, request, out);
}

}  // namespace creneau::door

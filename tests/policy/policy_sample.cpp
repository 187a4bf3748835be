// policy-sample FOLDER: leaves policy.cose (three revocations, some badges), large.cose (many
// pages), the parts of policy.cose as files and expected.json, what the facts were, for a reader
// that shares no code with ours.

#include "policy/container.hpp"
#include "policy/envelope.hpp"
#include "policy/policy_file.hpp"
#include "tests/policy/sample_town.hpp"

#include <array>
#include <chrono>
#include <cstdint>
#include <fstream>
#include <iostream>
#include <span>
#include <stdexcept>
#include <string>
#include <vector>

namespace {

using creneau::policy::SampleTown;

void write(const std::string& path, const std::vector<std::uint8_t>& bytes) {
    std::ofstream file{path, std::ios::binary};
    for (const std::uint8_t byte : bytes) {
        file.put(static_cast<char>(byte));
    }
    if (!file.flush()) {
        throw std::runtime_error("cannot write " + path);
    }
}

std::string expected_of(const SampleTown& town) {
    const auto pass =
        creneau::qr::sign_pass(town.pass_key, creneau::policy::kTown, creneau::qr::vector_fields());
    std::string json = "{\"root\": \"";
    json += creneau::policy::to_hex(creneau::policy::fingerprint_of(town.root.public_bytes));
    json += "\", \"issued_at\": ";
    json += std::to_string(town.facts.issued_at.time_since_epoch().count());
    json += ", \"pass_start\": ";
    json += std::to_string(creneau::policy::pass_start().time_since_epoch().count());
    json += ", \"digits\": \"";
    json += creneau::qr::view(creneau::qr::to_digits(pass));
    return json + "\"}\n";
}

using creneau::policy::SampleTown;

// A policy in which badges differ in every way that FORMAT.md knows, and what decide() says of
// them at many moments, for judged.json.
struct Judged {
    SampleTown town;
    std::vector<std::array<std::uint8_t, 4>> numbers;
};

Judged judged_town() {
    namespace policy = creneau::policy;
    Judged made;
    policy::PolicyFacts& facts = made.town.facts;
    policy::give_badge(facts);
    const policy::Moment start = policy::moment_of(policy::pass_start());
    const auto after = [&](int minutes) {
        return policy::moment_of(start + std::chrono::minutes{minutes});
    };
    facts.schedules.push_back({policy::ScheduleId{12}, true, {{after(-20), after(20)}}});
    facts.schedules.push_back(
        {policy::ScheduleId{13}, false, {{after(-600), after(-300)}, {after(60), after(90)}}});
    facts.access_sets.push_back({policy::AccessSetId{22},
                                 {{policy::kHallDoor, policy::ScheduleId{12}},
                                  {policy::kHallDoor, policy::ScheduleId{13}}}});
    facts.doors[0].high_assurance = true;
    facts.doors[1].free_access = policy::ScheduleId{13};
    facts.doors[2].state = policy::ServiceState::lockdown;
    const policy::BadgeRecord like = facts.badges[0];
    facts.badges.clear();
    for (std::uint8_t i = 0; i < 32; ++i) {
        made.numbers.push_back({0x04, 0x11, 0x22, i});
        policy::BadgeRecord badge = like;
        badge.hash = policy::hash_badge(facts.badge_key, made.numbers.back());
        badge.badge = policy::BadgeRef{i};
        badge.access = policy::AccessSetId{(i & 1U) != 0 ? 22U : 21U};
        badge.flags = {(i & 2U) != 0, (i & 4U) != 0, (i & 8U) != 0, i == 31};
        if ((i & 16U) != 0) {
            badge.until = after(70);
        }
        facts.badges.push_back(badge);
    }
    made.numbers.push_back({0x04, 0x11, 0x22, 0xFF});
    return made;
}

void write_judged(const std::string& folder) {
    namespace policy = creneau::policy;
    const Judged judged = judged_town();
    write(folder + "/judged.cose", judged.town.file());
    const policy::Policy opened = judged.town.policy();
    std::string json = "[";
    for (const auto& number : judged.numbers) {
        for (const std::uint16_t door :
             {policy::kStreetDoor, policy::kHallDoor, policy::kOfficeDoor, std::uint16_t{9}}) {
            for (const int minutes : {-400, -25, 0, 65, 75, 4'320, 43'230}) {
                for (const bool trusted : {true, false}) {
                    const auto at = policy::pass_start() + std::chrono::minutes{minutes};
                    const policy::ClockState clock{
                        trusted ? policy::ClockTrust::trusted : policy::ClockTrust::untrusted,
                        std::chrono::seconds{0}, std::chrono::seconds{0}};
                    const auto decision = policy::decide(
                        opened, {},
                        {policy::badge_number(number, policy::Assurance::low).value(), door, at,
                         clock});
                    json += json.size() > 1 ? ",\n[" : "[";
                    json += std::to_string(number[3]);
                    json += ',';
                    json += std::to_string(door);
                    json += ',';
                    json += std::to_string(at.time_since_epoch().count());
                    json += trusted ? ",true,\"" : ",false,\"";
                    json += policy::word_for(decision.reason);
                    json += "\",";
                    json += std::to_string(decision.unlock_time.count());
                    json += ']';
                }
            }
        }
    }
    json += "]\n";
    write(folder + "/judged.json", {json.begin(), json.end()});
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 2) {
        std::cerr << "usage: policy-sample FOLDER\n";
        return 2;
    }
    const std::string folder{argv[1]};
    SampleTown town;
    const std::string expected = expected_of(town);
    write(folder + "/expected.json", {expected.begin(), expected.end()});
    town.facts.revocations = creneau::policy::sample_revocations();
    creneau::policy::give_badge(town.facts);
    write(folder + "/policy.cose", town.file());
    const auto parts = creneau::policy::read_container(town.file()).value();
    const auto manifest =
        creneau::policy::frame(parts.manifest, creneau::policy::kLargestManifest, "manifest");
    write(folder + "/manifest", {manifest->payload.begin(), manifest->payload.end()});
    write(folder + "/rule_page", parts.pages.at(0));
    write(folder + "/badge_page", parts.pages.at(1));
    write_judged(folder);
    for (std::uint32_t i = 1; i < 5'000; ++i) {
        const std::array<std::uint8_t, 3> number{static_cast<std::uint8_t>(i >> 16U),
                                                 static_cast<std::uint8_t>(i >> 8U),
                                                 static_cast<std::uint8_t>(i)};
        auto badge = town.facts.badges[0];
        badge.hash = creneau::policy::hash_badge(town.facts.badge_key, number);
        town.facts.badges.push_back(badge);
    }
    for (std::uint64_t id = 100; id < 10'000; ++id) {
        town.facts.revocations.push_back(
            {creneau::qr::PassId{id * 0x1'0000'0001}, 0, creneau::policy::pass_start()});
    }
    write(folder + "/large.cose", town.file());
    return 0;
}

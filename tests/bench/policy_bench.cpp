// creneau-bench-policy: the figures of a policy of 100 000 badges. One line a row, "name value
// target ok|MISSED"; exits 1 past a target. `creneau-bench-policy load FILE` opens such a file as
// an agent does and prints what it holds in memory.

#include "policy/badge.hpp"
#include "policy/decide.hpp"
#include "policy/policy_file.hpp"
#include "tests/policy/sample_town.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <limits>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include <malloc.h>

namespace {

using namespace creneau::policy;
using Bytes = std::vector<std::uint8_t>;
using Clock = std::chrono::steady_clock;
using Milliseconds = std::chrono::duration<double, std::milli>;
using Microseconds = std::chrono::duration<double, std::micro>;

constexpr std::uint32_t kBadges = 100'000;
constexpr std::uint32_t kSets = 300;
constexpr int kRounds = 400;
constexpr std::size_t kReads = 100;

volatile std::size_t sink = 0;

std::array<std::uint8_t, 7> number(std::uint32_t i) {
    return {0x04,
            0x5A,
            0xC3,
            static_cast<std::uint8_t>(i >> 24U),
            static_cast<std::uint8_t>(i >> 16U),
            static_cast<std::uint8_t>(i >> 8U),
            static_cast<std::uint8_t>(i)};
}

// Three hundred sets of five zones and hours, 40 days ahead, two intervals a day.
void add_sets(PolicyFacts& facts) {
    for (std::uint32_t id = 1; id <= kSets; ++id) {
        Schedule schedule{ScheduleId{id}, false, {}};
        for (int day = 0; day < 40; ++day) {
            const auto morning = creneau::policy::pass_start() + std::chrono::days{day} -
                                 std::chrono::minutes{id % 200U};
            schedule.intervals.push_back(
                {moment_of(morning), moment_of(morning + std::chrono::hours{4})});
            schedule.intervals.push_back({moment_of(morning + std::chrono::hours{5}),
                                          moment_of(morning + std::chrono::hours{9})});
        }
        facts.schedules.push_back(schedule);
        facts.access_sets.push_back({AccessSetId{id}, {{kHallZone, ScheduleId{id}}}});
    }
}

SampleTown large_town() {
    SampleTown town;
    give_badge(town.facts);
    const BadgeRecord like = town.facts.badges[0];
    town.facts.badges.clear();
    town.facts.schedules.clear();
    town.facts.access_sets.clear();
    add_sets(town.facts);
    for (std::uint32_t i = 0; i < kBadges; ++i) {
        BadgeRecord badge = like;
        badge.hash = hash_badge(town.facts.badge_key, number(i));
        badge.badge = BadgeRef{i};
        badge.access = AccessSetId{1 + i % kSets};
        town.facts.badges.push_back(badge);
    }
    return town;
}

bool row(const char* name, double value, double target, const char* unit) {
    const bool ok = value <= target;
    std::printf("%-44s %8.2f %-3s target <= %.2f %s\n", name, value, unit, target,
                ok ? "ok" : "MISSED");
    return ok;
}

// Megabytes of anonymous memory.
double anonymous() {
    std::ifstream status{"/proc/self/status"};
    for (std::string line; std::getline(status, line);) {
        if (line.rfind("RssAnon:", 0) == 0) {
            return std::strtod(line.c_str() + 8, nullptr) / 1024.0;
        }
    }
    return std::numeric_limits<double>::max();
}

Bytes read_file(const std::string& path) {
    Bytes bytes(std::filesystem::file_size(path));
    std::ifstream file{path, std::ios::binary};
    file.read(reinterpret_cast<char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
    return bytes;
}

Policy open(const Bytes& file, const Expectations& expected) {
    auto opened = open_policy_file(file, expected);
    if (!opened) {
        std::fprintf(stderr, "%s\n", describe(opened.error()).c_str());
        std::exit(2);
    }
    return *std::move(opened);
}

// The memory that the policy takes, and again after it was renewed ten times.
int load(const std::string& path) {
    ::mallopt(M_MMAP_THRESHOLD, 128 * 1024);  // as the agent does
    const Expectations expected = SampleTown{}.expectations();
    const double before = anonymous();
    Policy held = open(read_file(path), expected);
    const double once = anonymous() - before;
    for (int i = 0; i < 10; ++i) {
        held = open(read_file(path), expected);
    }
    sink = held.badges.size();
    std::printf("%.2f %.2f\n", once, anonymous() - before);
    return 0;
}

bool memory_rows(const char* program, const std::string& file) {
    std::string command = program;
    command += " load ";
    command += file;
    double once = 0;
    double renewed = 0;
    std::FILE* pipe = ::popen(command.c_str(), "r");
    const int read = pipe == nullptr ? 0 : std::fscanf(pipe, "%lf %lf", &once, &renewed);
    if (read != 2 || ::pclose(pipe) != 0) {
        return false;
    }
    const bool first = row("100 000 badges in memory (RssAnon)", once, 8.0, "MB");
    return row("the same after ten renewals", renewed, 8.0, "MB") && first;
}

Presented presented(std::uint32_t i) {
    return {badge_number(number(i), Assurance::low).value(),
            kHallDoor,
            pass_start(),
            {ClockTrust::trusted, std::chrono::seconds{0}, std::chrono::seconds{0}}};
}

// Medians of rounds of a hundred reads, taken in turns.
bool decide_row(const Policy& policy) {
    std::vector<double> decided;
    std::vector<double> bare;
    for (int round = 0; round < kRounds; ++round) {
        const auto first = static_cast<std::uint32_t>(round) * 211U;
        const auto start = Clock::now();
        for (std::uint32_t i = 0; i < kReads; ++i) {
            sink = decide(policy, {}, presented((first + i * 7'919U) % kBadges)).allow ? 1 : 0;
        }
        const auto middle = Clock::now();
        for (std::uint32_t i = 0; i < kReads; ++i) {
            const auto hash = hash_badge(policy.badge_key, number((first + i * 7'919U) % kBadges));
            sink = static_cast<std::size_t>(
                std::ranges::lower_bound(policy.badges, hash, {}, &BadgeRecord::hash)->badge);
        }
        decided.push_back(Microseconds(middle - start).count() / kReads);
        bare.push_back(Microseconds(Clock::now() - middle).count() / kReads);
    }
    std::ranges::sort(decided);
    std::ranges::sort(bare);
    std::printf("%-44s %8.2f us\n", "badge decided, median", decided[kRounds / 2]);
    return row("badge decided / bare hash + look-up, median",
               decided[kRounds / 2] / bare[kRounds / 2], 2.0, "x");
}

// Reads go on while another thread builds, signs and loads the next policy.
bool meanwhile_row(const SampleTown& town, const Policy& held) {
    std::atomic<bool> done{false};
    std::thread renewing([&] {
        for (int i = 0; i < 3; ++i) {
            const Policy next = open(town.file(), town.expectations());
            sink = next.badges.size();
        }
        done = true;
    });
    double worst = 0;
    std::uint32_t reads = 0;
    while (!done) {
        const auto start = Clock::now();
        const auto decision = decide(held, {}, presented(reads * 7'919U % kBadges));
        worst = std::max(worst, Milliseconds(Clock::now() - start).count());
        if (!decision.allow) {
            std::fprintf(stderr, "read %u: %s\n", reads,
                         std::string(word_for(decision.reason)).c_str());
            worst = std::numeric_limits<double>::max();
        }
        ++reads;
        std::this_thread::sleep_until(start + std::chrono::milliseconds{50});
    }
    renewing.join();
    return row("worst of 20 reads a second meanwhile", worst, 5.0, "ms");
}

int measure(const char* program) {
    const SampleTown town = large_town();
    auto start = Clock::now();
    const Bytes file = town.file();
    bool ok = row("100 000 badges built, signed, read back",
                  Milliseconds(Clock::now() - start).count(), 2'000.0, "ms");
    start = Clock::now();
    const Policy policy = open(file, town.expectations());
    ok = row("100 000 badges verified and loaded", Milliseconds(Clock::now() - start).count(),
             1'000.0, "ms") &&
         ok;
    std::printf("%-44s %8.2f MB\n", "file", static_cast<double>(file.size()) / 1e6);
    ok = decide_row(policy) && ok;
    ok = meanwhile_row(town, policy) && ok;
    const auto path =
        (std::filesystem::temp_directory_path() / "creneau-bench-policy.cose").string();
    std::ofstream{path, std::ios::binary}.write(reinterpret_cast<const char*>(file.data()),
                                                static_cast<std::streamsize>(file.size()));
    ok = memory_rows(program, path) && ok;
    std::filesystem::remove(path);
    return ok ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc == 3 && std::string_view{argv[1]} == "load") {
        return load(argv[2]);
    }
    return measure(argv[0]);
}

// door_kit: what a town would sign, for tests of the real door agent.
//   door_kit root
//   door_kit policy OUT VERSION NOW [revoke ID REVISION | disable DOOR | unlock MS]...
//   door_kit pass NOW FROM MINUTES SCOPE ID REVISION many|once [otherkey|othertown]

#include "tests/door-agent/support/door_town.hpp"

#include <algorithm>
#include <iostream>
#include <string>
#include <vector>

namespace {

using creneau::door::test::DoorTown;
using creneau::door::test::PassWish;
using Arguments = std::vector<std::string>;

std::chrono::sys_seconds instant(const std::string& text) {
    return std::chrono::sys_seconds{std::chrono::seconds{std::stoll(text)}};
}

int write_policy(const Arguments& arguments) {
    DoorTown town(instant(arguments.at(3)));
    for (std::size_t i = 4; i < arguments.size();) {
        if (arguments.at(i) == "revoke") {
            town.revoke(std::stoull(arguments.at(i + 1)),
                        static_cast<std::uint8_t>(std::stoul(arguments.at(i + 2))));
            i += 3;
        } else if (arguments.at(i) == "unlock") {
            for (auto& door : town.town.facts.doors) {
                door.unlock_time = std::chrono::milliseconds{std::stoi(arguments.at(i + 1))};
            }
            i += 2;
        } else {
            auto& doors = town.town.facts.doors;
            std::ranges::find(doors, arguments.at(i + 1), &creneau::policy::Door::key)->state =
                creneau::policy::ServiceState::disabled;
            i += 2;
        }
    }
    creneau::door::test::write_file(arguments.at(1),
                                    town.policy_file(std::stoull(arguments.at(2))));
    return 0;
}

int print_pass(const Arguments& arguments) {
    DoorTown town(instant(arguments.at(1)));
    PassWish wish;
    wish.from = instant(arguments.at(2));
    wish.length = std::chrono::minutes{std::stoi(arguments.at(3))};
    wish.scope = static_cast<std::uint16_t>(std::stoul(arguments.at(4)));
    wish.id = std::stoull(arguments.at(5));
    wish.revision = static_cast<std::uint8_t>(std::stoul(arguments.at(6)));
    wish.use = arguments.at(7) == "once" ? creneau::qr::Use::once_per_door : creneau::qr::Use::many;
    const std::string twist = arguments.size() > 8 ? arguments.at(8) : "";
    if (twist == "otherkey") {
        wish.key_id = 77;
    }
    std::cout << (twist == "othertown" ? town.digits_of_another_town(wish) : town.digits(wish))
              << "\n";
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    const Arguments arguments(argv + 1, argv + argc);
    const std::string verb = arguments.empty() ? "" : arguments.front();
    if (verb == "root") {
        const creneau::policy::SampleTown town;
        std::cout << creneau::policy::to_hex(
                         creneau::policy::fingerprint_of(town.root.public_bytes))
                  << "\n";
        return 0;
    }
    if (verb == "policy") {
        return write_policy(arguments);
    }
    return verb == "pass" ? print_pass(arguments) : 2;
}

// policy-sample FOLDER: leaves policy.cose (three revocations), large.cose (many pages) and
// expected.json, what the facts were, for a reader that shares no code with ours.

#include "tests/policy/sample_town.hpp"

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
    write(folder + "/policy.cose", town.file());
    for (std::uint64_t id = 100; id < 10'000; ++id) {
        town.facts.revocations.push_back(
            {creneau::qr::PassId{id * 0x1'0000'0001}, 0, creneau::policy::pass_start()});
    }
    write(folder + "/large.cose", town.file());
    return 0;
}

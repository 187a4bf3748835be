#include "tests/door-agent/support/door_town.hpp"

#include <cstdlib>
#include <fstream>
#include <stdexcept>

namespace creneau::door::test {

using policy::KeyUse;

DoorTown::DoorTown(std::chrono::sys_seconds now) : now_(now) {
    town.facts.issued_at = now;
    town.facts.policy_certificate = town.issue(around_now(KeyUse::policy), town.root);
    town.facts.pass_certificates = {town.issue(around_now(KeyUse::pass), town.root)};
}

policy::Certificate DoorTown::around_now(KeyUse use) const {
    auto certificate = town.certificate(use);
    certificate.not_before = now_ - policy::kHalfWindow;
    certificate.not_after = now_ + policy::kHalfWindow;
    return certificate;
}

std::vector<std::uint8_t> DoorTown::policy_file(std::uint64_t version) const {
    auto copy = town;
    copy.facts.version = version;
    return copy.file();
}

policy::Policy DoorTown::policy(std::uint64_t version) const {
    return policy::open_policy_file(policy_file(version), town.expectations()).value();
}

void DoorTown::revoke(std::uint64_t pass_id, std::uint8_t revision) {
    town.facts.revocations.push_back({qr::PassId{pass_id}, revision, now_ + std::chrono::days{2}});
}

namespace {

qr::PassFields fields_of(const PassWish& wish) {
    qr::PassFields fields;
    fields.key_id = wish.key_id;
    fields.pass_id = qr::PassId{wish.id};
    fields.revision = wish.revision;
    fields.not_before = wish.from;
    fields.duration_min = static_cast<std::uint16_t>(wish.length.count());
    fields.scope = wish.scope;
    fields.use = wish.use;
    return fields;
}

}  // namespace

std::string DoorTown::digits(const PassWish& wish) const {
    const auto pass = qr::sign_pass(town.pass_key, policy::kTown, fields_of(wish));
    return std::string(qr::view(qr::to_digits(pass)));
}

std::string DoorTown::digits_of_another_town(const PassWish& wish) const {
    const auto pass = qr::sign_pass(town.pass_key, qr::TownId{1}, fields_of(wish));
    return std::string(qr::view(qr::to_digits(pass)));
}

void write_file(const std::filesystem::path& file, const std::vector<std::uint8_t>& bytes) {
    auto beside = file;
    beside += ".part";
    {
        std::ofstream out(beside, std::ios::binary);
        for (const auto byte : bytes) {
            out.put(static_cast<char>(byte));
        }
        if (!out.flush()) {
            throw std::runtime_error("cannot write " + beside.string());
        }
    }
    std::filesystem::rename(beside, file);
}

TempFolder::TempFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "creneau-door-XXXXXX").string();
    if (mkdtemp(name.data()) == nullptr) {
        throw std::runtime_error("no temporary folder");
    }
    path_ = name;
}

TempFolder::~TempFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
}

}  // namespace creneau::door::test

#include "tests/api/signer/signing_desk_town.hpp"

#include "api/signer/key_directory.hpp"
#include "api/signer/key_request.hpp"
#include "api/signer/town_keys.hpp"
#include "api/store/durable_file.hpp"

#include <filesystem>
#include <memory>

namespace creneau::signer {
namespace {

namespace fs = std::filesystem;

const char* const kTownRows = R"(
INSERT INTO towns (id, key, name, time_zone, service, email, phone)
    VALUES (7, 'essai', 'Essai', 'Europe/Paris', 's', 'e', 'p'),
           (8, 'autre', 'Autre', 'Europe/Paris', 's', 'e', 'p');
INSERT INTO sites (id, town_id, key, name, address, time_zone, help_contact, help_hours)
    VALUES (1, 7, 's', 's', 'a', 'Europe/Paris', 'h', 'h'),
           (2, 8, 's', 's', 'a', 'Europe/Paris', 'h', 'h');
INSERT INTO people (id, town_id, key, name, email, locale) VALUES (1, 7, 'p', 'p', 'e', 'fr');
INSERT INTO rooms (id, town_id, site_id, key, name, capacity) VALUES (1, 7, 1, 'r', 'r', 9);
INSERT INTO door_agents (id, town_id, site_id, key)
    VALUES (1, 7, 1, 'danton'), (2, 7, 1, 'semanaz'), (3, 8, 2, 'danton');
INSERT INTO doors (id, town_id, site_id, agent_id, key, name, scope, locked, unlock_ms, enabled)
    VALUES (1, 7, 1, 1, 'a', 'Entrée', 11, 1, 4000, 1), (2, 7, 1, 1, 'b', 'Cour', 12, 1, 5000, 0),
           (3, 7, 1, 2, 'c', 'Ailleurs', 13, 1, 5000, 1);
INSERT INTO zones (id, town_id, key, name, scope)
    VALUES (1, 7, 'z1', 'z1', 32769), (2, 7, 'z2', 'z2', 32770);
INSERT INTO zone_doors (town_id, zone_id, door_id) VALUES (7, 1, 2), (7, 1, 1), (7, 1, 3), (7, 2, 3);
INSERT INTO bookings (id, town_id, room_id, booker_id, requested_by_id, status, local_start,
    local_end, start_at, end_at, attendees, purpose, requested_at)
    VALUES (1, 7, 1, 1, 1, 'approved', '', '', 1, 2, 1, '', 1);
INSERT INTO passes (id, town_id, number, booking_id, holder_kind, holder_id, created_at)
    VALUES (1, 7, 7, 1, 'person', 1, 1);
)";

}  // namespace

SigningDeskTest::SigningDeskTest() {
    session_.execute(kTownRows);
    config_.town = "essai";
    config_.database = database_.database();
    config_.keys = fs::path(database_.folder()) / "keys";
    config_.state = database_.folder();
    config_.root_fingerprints = {policy::to_hex(policy::fingerprint_of(root_.public_key()))};
    certify(policy::KeyUse::pass);
    certify(policy::KeyUse::policy);
    desk_ = std::make_unique<SigningDesk>(config_);
}

void SigningDeskTest::certify(policy::KeyUse use) {
    KeyDirectory keys(config_.keys, {kTown, config_.root_fingerprints});
    const auto file = config_.state / "exchange";
    ASSERT_TRUE(request_key(keys, use, file, kNow));
    const auto bytes = store::read_file(file, 10'000);
    const auto request =
        *read_key_request({reinterpret_cast<const char*>(bytes.data()), bytes.size()}, "");
    policy::Certificate certificate;
    certificate.town = kTown;
    certificate.use = use;
    certificate.key_id = request.key_id;
    certificate.public_key = request.public_key;
    certificate.not_before = request.not_before;
    certificate.not_after = kNow + std::chrono::days{100};
    certificate.longest_pass_min = use == policy::KeyUse::pass ? 1440 : 0;
    certificate.generation = 3;
    const auto signature = root_.sign(*policy::certificate_to_be_signed(certificate));
    store::write_durably(file, policy::to_bytes(*policy::assemble_certificate(
                                   certificate, root_.public_key(), signature)));
    ASSERT_TRUE(import_certificate(keys, {file, {}, {}}, kNow));
    fs::remove(file);
}

}  // namespace creneau::signer

// Keys, requests and certificates on disk.
#include "api/signer/key_directory.hpp"
#include "api/signer/key_problem.hpp"
#include "api/signer/key_request.hpp"
#include "api/signer/private_key_file.hpp"
#include "api/signer/secret_key.hpp"
#include "api/signer/signer_config.hpp"
#include "api/signer/town_keys.hpp"
#include "api/store/durable_file.hpp"
#include "policy/certificate.hpp"
#include "policy/fingerprint.hpp"
#include "tests/support/scratch_folder.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include <sys/stat.h>

namespace creneau::signer {
namespace {

namespace fs = std::filesystem;
using std::chrono::days;

constexpr std::chrono::sys_seconds kNow{std::chrono::seconds{1'800'000'000}};
constexpr qr::TownId kTown{7};

class KeyFiles : public testing::Test {
  protected:
    static void write(const fs::path& path, const std::string& text) {
        std::ofstream(path, std::ios::binary) << text;
    }
    static std::string read(const fs::path& path) {
        const auto bytes = store::read_file(path, 100'000);
        return {bytes.begin(), bytes.end()};
    }
    KeyDirectory keys() const {
        return {folder_, {kTown, {policy::to_hex(policy::fingerprint_of(root_.public_key()))}}};
    }
    /// What the root would sign if it were asked for this certificate.
    std::vector<std::uint8_t> certify(const policy::Certificate& certificate) const {
        const auto to_be_signed = policy::certificate_to_be_signed(certificate);
        return policy::to_bytes(*policy::assemble_certificate(certificate, root_.public_key(),
                                                              root_.sign(*to_be_signed)));
    }
    /// A key in the directory and a certificate that fits it.
    policy::Certificate make_key(policy::KeyUse use = policy::KeyUse::pass) {
        auto directory = keys();
        EXPECT_TRUE(request_key(directory, use, folder_ / "request", kNow).has_value());
        const auto request = *read_key_request(read(folder_ / "request"), "request");
        fs::remove(folder_ / "request");
        policy::Certificate certificate;
        certificate.town = kTown;
        certificate.use = use;
        certificate.key_id = request.key_id;
        certificate.public_key = request.public_key;
        certificate.not_before = kNow - days{1};
        certificate.not_after = kNow + days{119};
        certificate.longest_pass_min = use == policy::KeyUse::pass ? 1440 : 0;
        certificate.generation = 1;
        return certificate;
    }
    std::string import(const policy::Certificate& certificate) {
        const auto file = folder_ / "certificate";
        store::write_durably(file, certify(certificate));
        auto directory = keys();
        const auto result = import_certificate(directory, {file, {}, {}}, kNow);
        return result ? "ok" : std::string(word_of(result.error().fault));
    }

    support::ScratchFolder scratch_;
    fs::path folder_ = scratch_.path();
    SecretKey root_ = SecretKey::generate();
};

TEST_F(KeyFiles, PrivateKeyComesBackAsItWas) {
    const PrivateKey key{policy::KeyUse::policy, 200, kTown, SecretKey::generate()};
    create_private_key_file(folder_ / "k", key);
    struct stat status{};
    ASSERT_EQ(::stat((folder_ / "k").c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777U, 0600U);
    const auto back = read_private_key_file(folder_ / "k");
    ASSERT_TRUE(back);
    EXPECT_EQ(back->use, key.use);
    EXPECT_EQ(back->key_id, key.key_id);
    EXPECT_EQ(back->town, key.town);
    EXPECT_EQ(back->key.public_key(), key.key.public_key());
    EXPECT_THROW(create_private_key_file(folder_ / "k", key), std::system_error);
}

TEST_F(KeyFiles, EveryCutOrAlteredPrivateKeyIsRefused) {
    create_private_key_file(folder_ / "good",
                            {policy::KeyUse::pass, 1, kTown, SecretKey::generate()});
    const auto good = read(folder_ / "good");
    const auto fault = [&](const std::string& content) {
        write(folder_ / "k", content);
        fs::permissions(folder_ / "k", fs::perms::owner_read | fs::perms::owner_write);
        const auto key = read_private_key_file(folder_ / "k");
        return key ? std::string("ok") : std::string(word_of(key.error().fault));
    };
    for (std::size_t size = 0; size < good.size(); ++size) {
        EXPECT_EQ(fault(good.substr(0, size)), "truncated") << size;
    }
    EXPECT_EQ(fault(good + "x"), "truncated");
    for (std::size_t at = 14; at < good.size(); ++at) {
        auto altered = good;
        altered[at] = static_cast<char>(altered[at] ^ 1);
        EXPECT_EQ(fault(altered), "damaged") << at;
    }
    EXPECT_EQ(fault("X" + good.substr(1)), "damaged");
    EXPECT_EQ(fault(good), "ok");
}

TEST_F(KeyFiles, PrivateKeyThatOthersMayReadIsRefused) {
    const auto path = folder_ / "k";
    create_private_key_file(path, {policy::KeyUse::pass, 1, kTown, SecretKey::generate()});
    for (const mode_t mode : {0644U, 0640U, 0604U, 0620U, 0602U}) {
        ASSERT_EQ(::chmod(path.c_str(), mode), 0);
        const auto key = read_private_key_file(path);
        ASSERT_FALSE(key) << mode;
        EXPECT_EQ(key.error(), (KeyProblem{KeyFault::readable_by_others, path.string(), {}}));
    }
    ASSERT_EQ(::chmod(path.c_str(), 0600), 0);
    fs::create_symlink(path, folder_ / "link");
    EXPECT_EQ(read_private_key_file(folder_ / "link").error().fault, KeyFault::unreadable);
    EXPECT_TRUE(read_private_key_file(path));
}

TEST_F(KeyFiles, AnyAlteredRequestFailsItsProof) {
    const auto key = SecretKey::generate();
    const KeyRequest request{kTown, policy::KeyUse::pass, 3, key.public_key(), kNow, 2};
    const auto text = write_key_request(request, key);
    const auto fault = [](std::string altered, const std::string& from, const std::string& to) {
        altered.replace(altered.find(from), from.size(), to);
        const auto read = read_key_request(altered, "r");
        return read ? std::string("ok") : std::string(word_of(read.error().fault));
    };
    EXPECT_EQ(fault(text, "\"town\": 7", "\"town\": 8"), "bad_proof");
    EXPECT_EQ(fault(text, "\"pass\"", "\"policy\""), "bad_proof");
    EXPECT_EQ(fault(text, "\"key_id\": 3", "\"key_id\": 4"), "bad_proof");
    EXPECT_EQ(fault(text, "\"generation\": 2", "\"generation\": 3"), "bad_proof");
    EXPECT_EQ(fault(text, "2027-01-15T08:00:00Z", "2027-01-15T08:00:01Z"), "bad_proof");
    EXPECT_EQ(fault(text, "\"key_id\": 3", "\"key_id\": 256"), "damaged");
    EXPECT_EQ(fault(text, "\"key_id\": 3", "\"key_id\": 0"), "damaged");
    EXPECT_EQ(fault(text, "\"town\": 7", "\"town\": [7]"), "damaged");
    EXPECT_EQ(fault(text, "}", ", \"more\": 1}"), "damaged");
    EXPECT_EQ(fault(text, "{", "{{"), "damaged");
    ASSERT_TRUE(read_key_request(text, "r"));
    EXPECT_EQ(*read_key_request(text, "r"), request);
}

TEST_F(KeyFiles, RequestWithASmallOrderKeyIsRefused) {
    const auto key = SecretKey::generate();
    KeyRequest request{kTown, policy::KeyUse::pass, 3, {}, kNow, 1};
    request.public_key[0] = 1;  // the neutral element
    EXPECT_EQ(read_key_request(write_key_request(request, key), "r").error().fault,
              KeyFault::weak_key);
}

TEST_F(KeyFiles, CertificateThatDoesNotFitItsKeyIsRefused) {
    const auto good = make_key();
    const auto with = [&](auto change) {
        auto other = good;
        change(other);
        return import(other);
    };
    EXPECT_EQ(with([](auto& c) { c.town = qr::TownId{8}; }), "bad_signature")
        << "the town is signed, not carried";
    EXPECT_EQ(with([](auto& c) {
                  c.use = policy::KeyUse::policy;
                  c.longest_pass_min = 0;
              }),
              "wrong_use");
    EXPECT_EQ(with([](auto& c) { c.key_id = 2; }), "unknown_key");
    EXPECT_EQ(with([](auto& c) { c.public_key = SecretKey::generate().public_key(); }),
              "other_key");
    EXPECT_EQ(with([](auto& c) { c.not_after = kNow; }), "ended");
    EXPECT_FALSE(fs::exists(keys().file(good.key_id, kCertificateEnding)));
    EXPECT_EQ(import(good), "ok");
    EXPECT_EQ(import(good), "ok") << "again changes nothing";
    EXPECT_EQ(with([](auto& c) { c.not_after += days{1}; }), "already_certified");
}

TEST_F(KeyFiles, CertificateOfAnotherUseBesideAKeyKeepsItFromSigning) {
    auto certificate = make_key();
    certificate.use = policy::KeyUse::command;
    certificate.longest_pass_min = 0;
    auto directory = keys();
    store::write_durably(directory.file(certificate.key_id, kCertificateEnding),
                         certify(certificate));
    const auto& set = directory.current();
    ASSERT_EQ(set.problems.size(), 1U);
    EXPECT_EQ(set.problems[0].fault, KeyFault::wrong_use);
    EXPECT_FALSE(set.keys.at(0).secret);
}

TEST_F(KeyFiles, DirectoryIsReadAgainWhenAFileChanges) {
    auto directory = keys();
    EXPECT_TRUE(directory.current().keys.empty());
    const auto certificate = make_key();
    ASSERT_EQ(directory.current().keys.size(), 1U);
    EXPECT_FALSE(directory.current().keys[0].certified);
    ASSERT_EQ(import(certificate), "ok");
    EXPECT_TRUE(directory.current().keys[0].certified);
    ASSERT_TRUE(
        retire_key(directory, {1, false, [](KeyStep, std::uint8_t) { return true; }}, kNow));
    EXPECT_EQ(directory.current().keys[0].retirement, Retirement::retired);
    EXPECT_FALSE(fs::exists(directory.file(1, kPrivateEnding)));
}

TEST_F(KeyFiles, LeftoversOfAKilledRunAreDestroyed) {
    write(folder_ / ".key-009.private.new", "half a key");
    make_key();
    EXPECT_FALSE(fs::exists(folder_ / ".key-009.private.new"));
}

TEST_F(KeyFiles, ConfigurationErrorsNameTheirPlace) {
    const auto file = folder_ / "api.toml";
    const auto errors = [&](const std::string& text) {
        write(file, text);
        const auto config = load_signer_config(file);
        std::string all;
        for (const auto& error : config ? std::vector<ConfigError>{} : config.error()) {
            all += error.place.substr(file.string().size()) + " " + error.detail + "\n";
        }
        return all;
    };
    const std::string good =
        "[database]\nlocation = \"/t.db\"\n[signer]\nsocket = \"/s\"\nkeys = \"/k/keys\"\n";
    EXPECT_EQ(errors(good + "kyes = 1\n"), ":6: signer.kyes is unknown\n");
    EXPECT_EQ(errors(good + "passes_per_minute = 0\n"),
              ":6: signer.passes_per_minute must be a whole number from 1 to 1000000\n");
    EXPECT_EQ(errors(good + "longest_guest_pass_min = 1441\n"),
              ":6: signer.longest_guest_pass_min must be a whole number from 1 to 1440\n");
    EXPECT_EQ(errors(good + "root_fingerprints = [\"abc\"]\n"),
              ":6: signer.root_fingerprints must be 64 hexadecimal digits in lower case, in "
              "quotes\n");
    EXPECT_EQ(errors("town = 3\n" + good), ":1: town must be a string in quotes\n");
    EXPECT_EQ(errors("[database]\nengine = \"oracle\"\n[signer]\n"),
              ":2: database.engine must be sqlite or postgresql\n"
              ": database.location is missing\n"
              ": signer.socket is missing\n"
              ": signer.keys is missing\n");
    EXPECT_EQ(errors("signer = 1\n[database]\nlocation = \"/t\"\n"),
              ":1: signer must be a table, written [signer]\n");
    EXPECT_NE(errors("[signer\n").find(":1"), std::string::npos);
    EXPECT_EQ(errors("[http]\nanything = 1\n" + good), "");
    EXPECT_EQ(load_signer_config(file)->state, "/k");
}

}  // namespace
}  // namespace creneau::signer

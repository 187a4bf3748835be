// The rules that need no file and no database.
#include "api/signer/credential_store.hpp"
#include "api/signer/instant_text.hpp"
#include "api/signer/key_rules.hpp"
#include "api/signer/peer.hpp"
#include "api/signer/rate_limit.hpp"
#include "api/signer/secret_key.hpp"
#include "api/signer/sign_pass.hpp"
#include "api/signer/signer_protocol.hpp"
#include "qr/public_key.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

namespace creneau::signer {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::sys_seconds;

constexpr sys_seconds kNow{std::chrono::seconds{1'800'000'000}};
constexpr auto kPassUse = policy::KeyUse::pass;

Key key(std::uint8_t id, days from, days until, policy::KeyUse use = kPassUse) {
    Key made;
    made.id = id;
    made.use = use;
    made.secret = SecretKey::generate();
    policy::Certificate certificate;
    certificate.use = use;
    certificate.key_id = id;
    certificate.not_before = kNow + from;
    certificate.not_after = kNow + until;
    certificate.longest_pass_min = 1440;
    made.certified = Certified{certificate, {}};
    return made;
}

template <class... Keys>
KeySet set_of(Keys... keys) {
    KeySet set;
    (set.keys.push_back(std::move(keys)), ...);
    return set;
}

Window window(hours from, hours until) {
    return {kNow + from, kNow + until};
}

/// The id of the chosen key, or the word of the refusal.
std::string chosen(const KeySet& keys, const Window& window) {
    const auto key = choose_pass_key(keys, window, kNow);
    return key ? std::to_string((*key)->id) : std::string(word_of(key.error()));
}

TEST(KeyRules, NewestKeyInItsWindowSigns) {
    const auto keys = set_of(key(1, days{-90}, days{30}), key(2, days{-1}, days{119}),
                             key(3, days{29}, days{149}));
    EXPECT_EQ(chosen(keys, window(hours{1}, hours{3})), "2");
}

TEST(KeyRules, OlderKeySignsWhatTheNewestDoesNotCover) {
    const auto keys = set_of(key(1, days{-90}, days{30}), key(2, days{0}, days{120}));
    EXPECT_EQ(chosen(keys, window(hours{-1}, hours{3})), "1");
}

TEST(KeyRules, PublishedKeySignsAPassPastTheOthers) {
    const auto keys = set_of(key(1, days{-90}, days{30}), key(2, days{20}, days{140}),
                             key(3, days{25}, days{145}));
    EXPECT_EQ(chosen(keys, window(hours{24 * 40}, hours{24 * 40 + 4})), "2");
}

TEST(KeyRules, PassPastEveryCertificateIsTooEarly) {
    const auto keys = set_of(key(1, days{-90}, days{30}));
    EXPECT_EQ(chosen(keys, window(hours{24 * 30 - 1}, hours{24 * 30 + 1})), "too_early");
    EXPECT_EQ(chosen(keys, window(hours{24 * 30 - 2}, hours{24 * 30})), "1");
}

TEST(KeyRules, PassLongerThanTheCertificateAllowsIsOverItsCap) {
    auto keys = set_of(key(1, days{-90}, days{30}));
    keys.keys[0].certified->certificate.longest_pass_min = 60;
    EXPECT_EQ(chosen(keys, {kNow, kNow + minutes{61}}), "over_cap");
    EXPECT_EQ(chosen(keys, {kNow, kNow + minutes{60}}), "1");
}

TEST(KeyRules, OnlyALivingPassKeySigns) {
    auto retired = key(1, days{-1}, days{30});
    retired.retirement = Retirement::retired;
    auto requested = key(2, days{-1}, days{30});
    requested.certified.reset();
    auto without_secret = key(3, days{-1}, days{30});
    without_secret.secret.reset();
    auto keys =
        set_of(std::move(retired), std::move(requested), std::move(without_secret),
               key(4, days{-90}, days{0}), key(5, days{-1}, days{30}, policy::KeyUse::policy),
               key(6, days{-1}, days{30}, policy::KeyUse::command));
    EXPECT_EQ(chosen(keys, window(hours{1}, hours{2})), "no_key");
    EXPECT_EQ(choose_policy_key(keys, kNow)->id, 5);
    keys.keys.push_back(key(7, days{-1}, days{30}));
    EXPECT_EQ(chosen(keys, window(hours{1}, hours{2})), "7");
}

TEST(KeyRules, PolicyKeyMustHoldNow) {
    const auto use = policy::KeyUse::policy;
    EXPECT_EQ(choose_policy_key(set_of(key(1, days{1}, days{30}, use)), kNow), nullptr);
    EXPECT_EQ(choose_policy_key(set_of(key(1, days{-30}, days{0}, use)), kNow), nullptr);
    const auto keys = set_of(key(1, days{0}, days{1}, use), key(2, days{-1}, days{1}, use));
    EXPECT_EQ(choose_policy_key(keys, kNow)->id, 1);
}

TEST(KeyRules, RetiredCertificatesStayPublishedUntilTheyEnd) {
    auto retired = key(1, days{-100}, days{20});
    retired.retirement = Retirement::retired;
    auto withdrawn = key(2, days{-100}, days{20});
    withdrawn.retirement = Retirement::withdrawn;
    const auto keys =
        set_of(std::move(retired), std::move(withdrawn), key(3, days{30}, days{60}),
               key(4, days{-120}, days{-1}), key(5, days{-1}, days{30}, policy::KeyUse::policy));
    EXPECT_EQ(published_pass_certificates(keys, kNow).size(), 2U);
    EXPECT_EQ(published_pass_certificates(keys, kNow + days{21}).size(), 1U);
    EXPECT_EQ(published_pass_certificates(keys, kNow + days{20} + kDoorSkew).size(), 1U);
    EXPECT_EQ(published_pass_certificates(keys, kNow + days{20}).size(), 2U);
}

TEST(KeyRules, KeyIdsOfLivingKeysAreNotGivenAgain) {
    KeySet keys;
    EXPECT_EQ(free_key_id(keys, kNow), 1);
    for (int id = 1; id <= 254; ++id) {
        keys.keys.push_back(key(static_cast<std::uint8_t>(id), days{-90}, days{30}));
    }
    EXPECT_EQ(free_key_id(keys, kNow), 255);
    keys.keys.push_back(key(255, days{-90}, days{30}));
    EXPECT_EQ(free_key_id(keys, kNow), std::nullopt);
    keys.keys[16] = key(17, days{-90}, days{-1});
    EXPECT_EQ(free_key_id(keys, kNow), 17);
}

TEST(KeyRules, AlarmRingsThirtyDaysBeforeTheLastCertificateEnds) {
    const auto use = policy::KeyUse::policy;
    EXPECT_EQ(alarms({}, kNow).size(), 2U);
    const auto calm = set_of(key(1, days{-1}, days{20}), key(2, days{-1}, days{30}),
                             key(3, days{-1}, days{30}, use));
    EXPECT_TRUE(alarms(calm, kNow).empty());
    const auto lines = alarms(calm, kNow + std::chrono::seconds{1});
    ASSERT_EQ(lines.size(), 2U);
    EXPECT_EQ(lines[0], "the last pass certificate ends in 29 days: prepare the next");
    EXPECT_EQ(alarms(calm, kNow + days{31})[1], "the last policy certificate has ended");
}

CredentialRow good_row() {
    CredentialRow row;
    row.pass_id = 0xABCDEF;
    row.scope = 0x8001;
    row.not_before = kNow;
    row.duration_min = 140;
    row.booking_status = "approved";
    return row;
}

TEST(SignPass, RowsThatMayNotBeSignedAreRefused) {
    struct Case {
        const char* name;
        void (*change)(CredentialRow&);
        SignError expected;
    };
    const Case cases[] = {
        {"pending", [](auto& row) { row.booking_status = "pending"; }, SignError::not_approved},
        {"refused", [](auto& row) { row.booking_status = "refused"; }, SignError::not_approved},
        {"cancelled", [](auto& row) { row.booking_status = "cancelled"; }, SignError::not_approved},
        {"no status", [](auto& row) { row.booking_status = ""; }, SignError::not_approved},
        {"revoked", [](auto& row) { row.revoked = true; }, SignError::revoked},
        {"a day and a minute", [](auto& row) { row.duration_min = 1441; }, SignError::over_cap},
        {"no length", [](auto& row) { row.duration_min = 0; }, SignError::over_cap},
        {"huge", [](auto& row) { row.duration_min = std::numeric_limits<std::int64_t>::max(); },
         SignError::over_cap},
        {"just ended", [](auto& row) { row.not_before = kNow - minutes{140}; }, SignError::ended},
    };
    for (const auto& one : cases) {
        auto row = good_row();
        one.change(row);
        EXPECT_EQ(why_not_sign(row, hours{24}, kNow), one.expected) << one.name;
    }
    EXPECT_EQ(why_not_sign(good_row(), hours{24}, kNow), std::nullopt);
    auto last_second = good_row();
    last_second.not_before = kNow - minutes{140} + std::chrono::seconds{1};
    EXPECT_EQ(why_not_sign(last_second, hours{24}, kNow), std::nullopt);
}

TEST(SignPass, NumbersOutsideTheFormatAreRefused) {
    const auto refused = [](auto change) {
        auto row = good_row();
        change(row);
        return !fields_of(row, 1).has_value();
    };
    EXPECT_TRUE(refused([](auto& row) { row.pass_id = -1; }));
    EXPECT_TRUE(refused([](auto& row) { row.revision = 256; }));
    EXPECT_TRUE(refused([](auto& row) { row.scope = 65536; }));
    EXPECT_FALSE(refused([](auto&) {}));
}

TEST(SignPass, SameFieldsGiveTheSameVerifiableBytes) {
    const auto key = SecretKey::generate();
    const auto fields = fields_of(good_row(), 9);
    const auto first = sign_pass_bytes(*fields, qr::TownId{7}, key);
    const auto second = sign_pass_bytes(*fields, qr::TownId{7}, key);
    ASSERT_TRUE(first && second);
    EXPECT_EQ(*first, *second);
    const auto public_key = qr::PublicKey::load(key.public_key());
    ASSERT_TRUE(public_key);
    EXPECT_FALSE(qr::verify_pass(*public_key, qr::TownId{8}, *first));
    EXPECT_TRUE(qr::verify_pass(*public_key, qr::TownId{7}, *first));
    EXPECT_EQ(*qr::decode_pass(*first), *fields);
}

TEST(RateLimit, EachCredentialAndAllTogetherAreBounded) {
    RateLimit rate({.passes_per_minute = 5, .passes_per_credential_per_hour = 2});
    const RateLimit::Instant start{hours{1}};
    EXPECT_TRUE(rate.take(1, start));
    EXPECT_TRUE(rate.take(1, start));
    EXPECT_FALSE(rate.take(1, start));
    EXPECT_TRUE(rate.take(2, start));
    EXPECT_TRUE(rate.take(3, start));
    EXPECT_TRUE(rate.take(4, start));
    EXPECT_FALSE(rate.take(5, start)) << "five a minute for all";
    EXPECT_TRUE(rate.take(5, start + std::chrono::seconds{12}));
    EXPECT_FALSE(rate.take(1, start + minutes{29}));
    EXPECT_TRUE(rate.take(1, start + minutes{31}));
}

TEST(RateLimit, MemoryIsBounded) {
    RateLimit rate({.passes_per_minute = 1'000'000, .passes_per_credential_per_hour = 60});
    RateLimit::Instant now{hours{1}};
    for (int id = 0; id < 30'000; ++id) {
        now += std::chrono::milliseconds{10};
        rate.take(id, now);
    }
    EXPECT_LE(rate.remembered(), 10'000U);
    EXPECT_TRUE(rate.take(77'777, now + minutes{2}));
}

TEST(InstantText, OnlyTheTwoFormsAreRead) {
    EXPECT_EQ(to_text(kNow), "2027-01-15T08:00:00Z");
    EXPECT_EQ(instant_from("2027-01-15T08:00:00Z"), kNow);
    EXPECT_EQ(instant_from("2027-01-15"), kNow - hours{8});
    for (const auto* text :
         {"", "2027-1-15", "2027-02-30", "2027-01-15T24:00:00Z", "2027-01-15T08:60:00Z",
          "2027-01-15T08:00:00", "2027-01-15T08:00:00z", "2027-01-15T08:00:00Z ", "+027-01-15"}) {
        EXPECT_EQ(instant_from(text), std::nullopt) << text;
    }
}

TEST(SignerProtocol, OnlyTheTwoRequestsAreRead) {
    const std::vector<std::string> senseless = {
        "",
        "{",
        "[]",
        "null",
        "42",
        "\"sign_pass\"",
        "{}",
        R"({"ask":"sign_pass"})",
        R"({"ask":"sign_pass","credential":-1})",
        R"({"ask":"sign_pass","credential":1.5})",
        R"({"ask":"sign_pass","credential":"1"})",
        R"({"ask":"sign_pass","credential":[1]})",
        R"({"ask":"sign_pass","credential":1,"now":2})",
        R"({"ask":"sign_pass","credential":18446744073709551615})",
        R"({"ask":"sign_everything","credential":1})",
        R"({"ask":"export_policy","agent":""})",
        R"({"ask":"export_policy","agent":{"a":1}})",
        R"({"ask":1,"agent":"a"})",
        R"({"ask":"export_policy","credential":1})",
        "{\"ask\":\"export_policy\",\"agent\":\"\xff\"}",
        R"({"ask":"export_policy","agent":")" + std::string(65, 'a') + R"("})",
        std::string(1000, '['),
        R"({"ask":"key_log"})",
        R"({"ask":"sign_command"})",
        R"({"ask":"sign_command","command":-1})",
        R"({"ask":"sign_command","command":1,"nonce":"00"})",
        R"({"ask":"key_log","after":-1})",
        R"({"ask":"key_log","after":"0"})",
        R"({"ask":"sign_pass","credential":1} )" + std::string("x")};
    for (const auto& text : senseless) {
        EXPECT_FALSE(read_ask(text).has_value()) << text;
    }
    EXPECT_EQ(std::get<AskPass>(*read_ask(write_ask(AskPass{42}))).credential_id, 42);
    EXPECT_EQ(std::get<AskPolicy>(*read_ask(write_ask(AskPolicy{"danton"}))).agent_key, "danton");
    EXPECT_EQ(std::get<AskKeyLog>(*read_ask(write_ask(AskKeyLog{70}))).after, 70);
    EXPECT_EQ(std::get<AskCommand>(*read_ask(write_ask(AskCommand{42}))).command_id, 42);
}

TEST(SignerProtocol, EveryRefusalArrivesAsItself) {
    const auto last = static_cast<int>(SignError::malformed);
    for (int i = 0; i <= last; ++i) {
        const auto error = static_cast<SignError>(i);
        const auto framed = write_answer(tl::unexpected(error));
        const std::span<const std::uint8_t> bytes(framed);
        ASSERT_EQ(frame_length(bytes), bytes.size() - kFrameHead);
        EXPECT_EQ(read_answer(bytes.subspan(kFrameHead)).error(), error) << word_of(error);
    }
    const Answer content = std::vector<std::uint8_t>{1, 2, 3};
    const auto framed = write_answer(content);
    EXPECT_EQ(*read_answer(std::span(framed).subspan(kFrameHead)), *content);
    for (const std::vector<std::uint8_t>& odd :
         {std::vector<std::uint8_t>{}, {2, 'x'}, {1, 'w', 'h', 'a', 't'}}) {
        EXPECT_EQ(read_answer(odd).error(), SignError::failed);
    }
}

TEST(Peer, OnlyOwnUserAndClientGroupMayAsk) {
    const Peer stranger{1, 1000, {1000, 20}};
    EXPECT_FALSE(may_ask(stranger, 999, std::nullopt));
    EXPECT_FALSE(may_ask(stranger, 999, gid_t{21}));
    EXPECT_TRUE(may_ask(stranger, 999, gid_t{20}));
    EXPECT_TRUE(may_ask(stranger, 1000, std::nullopt));
}

}  // namespace
}  // namespace creneau::signer

#include "api/http/agent_routes.hpp"

#include "api/access/agents/agent_store.hpp"
#include "api/access/agents/keep_agents.hpp"
#include "api/people/account_key.hpp"
#include "link/enrolment.hpp"
#include "link/key_change.hpp"
#include "link/request_signature.hpp"
#include "link/text_forms.hpp"
#include "policy/fingerprint.hpp"
#include "tests/api/http/called_routes.hpp"

#include <gtest/gtest.h>

#include <array>
#include <chrono>
#include <cstdint>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include <sodium.h>

namespace creneau::http {
namespace {

using booking::kOffice;
using booking::PersonId;
using nlohmann::json;

constexpr PersonId kSacha{40};  ///< access administrator
constexpr auto kSync = "/door-agent/v1/sync";
const std::string kAgents = "/api/v1/door-agents";
const access::TownId kHere{1};

/// A board with a key of its own.
class Board {
  public:
    Board() { crypto_sign_keypair(public_.data(), secret_.data()); }
    [[nodiscard]] std::string public_key() const { return link::to_hex(public_); }
    [[nodiscard]] std::string fingerprint() const {
        return policy::to_hex(policy::blake2b_256(public_));
    }
    [[nodiscard]] const qr::PublicKeyBytes& bytes() const { return public_; }
    /// The headers of a signed request.
    [[nodiscard]] std::vector<std::pair<std::string, std::string>> headers(
        const std::string& body, std::int64_t counter, const std::string& path = kSync,
        const std::string& agent = "danton") const {
        const auto signed_by = [this](std::span<const std::uint8_t> bytes) {
            qr::Signature signature{};
            crypto_sign_detached(signature.data(), nullptr, bytes.data(), bytes.size(),
                                 secret_.data());
            return signature;
        };
        const auto headers =
            link::sign_request({"POST", path, body}, {1, agent, counter}, signed_by);
        return {{"content-digest", headers.content_digest},
                {"signature-input", headers.signature_input},
                {"signature", headers.signature}};
    }

    /// That this key is to follow the other one of that agent.
    [[nodiscard]] std::string proof_after(const Board& before,
                                          const std::string& agent = "danton") const {
        const auto message = link::to_be_proved({qr::TownId{1}, agent, before.bytes(), public_});
        qr::Signature signature{};
        crypto_sign_detached(signature.data(), nullptr, message.data(), message.size(),
                             secret_.data());
        return link::to_hex(signature);
    }

  private:
    qr::PublicKeyBytes public_{};
    std::array<std::uint8_t, 64> secret_{};
};

json asked() {
    return {{"nonce", std::string(32, '0')},
            {"generation", 1},
            {"version", 5},
            {"clock", "trusted"},
            {"seen", 1},
            {"wait_s", 25}};
}

/// One agent named by the town, in the state that a test wants.
class AgentRoutes : public CalledRoutes {
  protected:
    AgentRoutes() {
        add_agent_routes(routes_, key_);
        add_sync_route(routes_);
        session_->execute(
            "INSERT INTO people (id, town_id, key, name, email, locale) VALUES"
            " (40, 1, 'sacha', 'Sacha', 'sacha@example.org', 'fr');"
            "INSERT INTO person_roles (town_id, person_id, role)"
            " VALUES (1, 40, 'access_administrator')");
    }
    void offer(const Board& board) {
        in_write([&](store::Session& session) {
            access::offer_key(session, kHere, access::AgentId{id_}, board.public_key(), now_);
        });
    }
    template <class Work>
    void in_write(Work work) {
        ASSERT_TRUE(writer_
                        .run([&](store::Session& session) -> tl::expected<bool, bool> {
                            work(session);
                            return true;
                        })
                        .value());
    }
    void confirmed(const Board& board) {
        offer(board);
        expect(200, kSacha, "POST", path_ + "/confirm", {{"fingerprint", board.fingerprint()}});
    }
    /// The status of a sync.
    int sync(const Board& board, std::int64_t counter, const json& body = asked()) {
        return send(board.headers(body.dump(), counter), body);
    }
    int send(const std::vector<std::pair<std::string, std::string>>& headers, const json& body,
             const std::string& path = kSync) {
        return call(Call{{}, "POST", path, body, headers, {}, {}}).status;
    }
    json shown() { return expect(200, kSacha, "GET", kAgents)["items"].front(); }

    people::AccountKey key_{people::AccountKey::Bytes{3}};
    std::int64_t id_ = 1;  ///< "danton"
    std::string path_ = kAgents + "/1";
};
CRENEAU_ON_BOTH_ENGINES(AgentRoutes);

TEST_P(AgentRoutes, TakeARequestOfTheConfirmedBoardOnceAndInOrder) {
    const Board board;
    confirmed(board);
    EXPECT_EQ(sync(board, 5), 200);
    EXPECT_EQ(sync(board, 5), 401) << "replayed";
    EXPECT_EQ(sync(board, 4), 401) << "an old counter";
    EXPECT_EQ(sync(board, 6), 200);
    EXPECT_EQ(shown()["policy"]["version"], 5);
    EXPECT_EQ(shown()["clock"], "trusted");
    EXPECT_EQ(shown()["online"], true);
    now_ += std::chrono::seconds(46);
    EXPECT_EQ(shown()["online"], false);
}

TEST_P(AgentRoutes, TakeANewKeyThatBothKeysWant) {
    const Board board;
    const Board next;
    confirmed(board);
    auto body = asked();
    body["next_key"] = next.public_key();
    EXPECT_EQ(sync(board, 1, body), 422) << "without its proof";
    for (const auto& proof :
         {board.proof_after(board), next.proof_after(next), next.proof_after(board, "maison")}) {
        body["next_key_proof"] = proof;
        const auto counter = number("SELECT counter FROM door_agents WHERE id = 1") + 1;
        EXPECT_EQ(sync(board, counter, body), 200);
        EXPECT_EQ(sync(next, counter + 1), 401) << "the old key stays";
    }
    body["next_key_proof"] = next.proof_after(board);
    EXPECT_EQ(sync(board, 9, body), 200);
    EXPECT_EQ(sync(board, 10), 401) << "only the new key signs";
    EXPECT_EQ(sync(next, 1), 200) << "its counter begins anew";
    EXPECT_EQ(sync(next, 1), 401);
    EXPECT_EQ(number("SELECT COUNT(*) FROM audit WHERE action = 'agent_key_changed'"
                     " AND log = 'security' AND subject_id = 1"),
              1);
}

TEST_P(AgentRoutes, RefuseWhatAnybodyChangedOrSignedForSomebodyElse) {
    const Board board;
    const Board stranger;
    confirmed(board);
    auto other = asked();
    other["version"] = 6;
    EXPECT_EQ(send(board.headers(asked().dump(), 1), other), 401) << "other body";
    EXPECT_EQ(send(board.headers(asked().dump(), 1, "/door-agent/v1/enrol"), asked()), 401)
        << "other path";
    EXPECT_EQ(sync(stranger, 1), 401) << "other key";
    EXPECT_EQ(send(board.headers(asked().dump(), 1, kSync, "other"), asked()), 401)
        << "in another agent's name";
    EXPECT_EQ(send({}, asked()), 401) << "unsigned";
    auto twice = board.headers(asked().dump(), 1);
    twice.push_back(twice.back());
    EXPECT_EQ(send(twice, asked()), 401) << "two signatures";
    EXPECT_EQ(sync(board, 1), 200);
}

TEST_P(AgentRoutes, LetNobodyInBeforeAPersonConfirmsThatVeryBoard) {
    const Board board;
    const Board other;
    EXPECT_EQ(sync(board, 1), 401);
    offer(board);
    EXPECT_EQ(shown()["state"], "pending");
    EXPECT_EQ(shown()["offered_fingerprint"], board.fingerprint());
    EXPECT_EQ(sync(board, 1), 401) << "offered is not confirmed";
    expect(422, kSacha, "POST", path_ + "/confirm", {{"fingerprint", other.fingerprint()}});
    expect(403, kOffice, "POST", path_ + "/confirm", {{"fingerprint", board.fingerprint()}});
    EXPECT_EQ(sync(board, 1), 401);
    expect(200, kSacha, "POST", path_ + "/confirm", {{"fingerprint", board.fingerprint()}});
    EXPECT_EQ(sync(board, 1), 200);
}

TEST_P(AgentRoutes, ReplaceABoardOnlyWhenTheNextOneIsConfirmed) {
    const Board old;
    const Board next;
    confirmed(old);
    EXPECT_EQ(sync(old, 900), 200);
    offer(next);
    EXPECT_EQ(sync(old, 901), 200);
    expect(200, kSacha, "POST", path_ + "/confirm", {{"fingerprint", next.fingerprint()}});
    EXPECT_EQ(sync(old, 902), 401);
    EXPECT_EQ(sync(next, 1), 200) << "its counter begins anew";
}

TEST_P(AgentRoutes, TakeNothingMoreFromAStolenBoard) {
    const Board board;
    confirmed(board);
    EXPECT_EQ(sync(board, 1), 200);
    EXPECT_EQ(expect(200, kSacha, "POST", path_ + "/revoke")["state"], "revoked");
    EXPECT_EQ(sync(board, 2), 401);
    EXPECT_EQ(number("SELECT COUNT(*) FROM audit WHERE action = 'agent_revoked'"), 1);
    confirmed(board);
    EXPECT_EQ(sync(board, 2), 200) << "a person may take it back";
}

TEST_P(AgentRoutes, NameWhatIsWrongInASync) {
    const Board board;
    confirmed(board);
    auto wrong = asked();
    wrong["nonce"] = "xyz";
    wrong["wait_s"] = 26;
    wrong["more"] = 1;
    EXPECT_EQ(sync(board, 1, wrong), 422);
    EXPECT_EQ(sync(board, 1), 200) << "what was not taken used no counter";
}

/// What happened at doors, as a board sends it.
class AgentEvents : public AgentRoutes {
  protected:
    AgentEvents() {
        confirmed(board_);
        session_->execute("UPDATE doors SET agent_id = 1 WHERE town_id = 1");
    }
    json row(std::int64_t sequence, const std::string& kind = "granted") {
        return {{"sequence", sequence},
                {"kind", kind},
                {"at", now_.time_since_epoch().count()},
                {"clock", "trusted"},
                {"door", "entrance"},
                {"reason", "granted_booking"},
                {"count", 1}};
    }
    json with_rows(const json& rows) const {
        auto body = asked();
        body["journal"] = std::string(32, 'a');
        body["last_hash"] = std::string(64, 'b');
        body["events"] = rows;
        return body;
    }
    json sent(const json& body) {
        const auto answer =
            call(Call{{}, "POST", kSync, body, board_.headers(body.dump(), ++counter_), {}, {}});
        EXPECT_EQ(answer.status, 200) << answer.body;
        return json::parse(answer.body);
    }
    std::int64_t kept() { return number("SELECT COUNT(*) FROM access_events"); }

    const Board board_;
    std::int64_t counter_ = 0;
};
CRENEAU_ON_BOTH_ENGINES(AgentEvents);

TEST_P(AgentEvents, AreKeptOnceHoweverOftenTheyCome) {
    EXPECT_EQ(sent(with_rows({row(1), row(2)}))["acknowledged"], 2);
    EXPECT_EQ(sent(with_rows({row(1), row(2), row(3)}))["acknowledged"], 3);
    EXPECT_EQ(sent(with_rows(json::array({row(2)})))["acknowledged"], 3);
    EXPECT_EQ(kept(), 3);
    auto other_card = with_rows(json::array({row(1)}));
    other_card["journal"] = std::string(32, 'c');
    EXPECT_EQ(sent(other_card)["acknowledged"], 1);
    EXPECT_EQ(kept(), 4) << "a new card in the board begins a new journal";
    EXPECT_FALSE(sent(asked()).contains("acknowledged"));
}

TEST_P(AgentEvents, AreAllRefusedWhereOneIsNoRowOfAJournal) {
    auto wrong = row(2);
    wrong["kind"] = "Granted to Dupont";
    EXPECT_EQ(sync(board_, 1, with_rows({row(1), wrong})), 422);
    EXPECT_EQ(sync(board_, 1, with_rows({row(2), row(1)})), 422) << "out of order";
    EXPECT_EQ(kept(), 0);
    EXPECT_EQ(sync(board_, 1, with_rows({row(1), row(2)})), 200) << "and used no counter";
    EXPECT_EQ(kept(), 2);
}

TEST_P(AgentEvents, ComeWithHowTheAgentAndItsDoorsAre) {
    auto body = asked();
    body["policy_age_s"] = 90;
    body["journal_unsent"] = 12;
    body["journal_capacity"] = 200'000;
    body["doors"] = json::array({{{"door", "entrance"}, {"phase", "forced"}},
                                 {{"door", "another-town"}, {"phase", "open"}}});
    sent(body);
    EXPECT_EQ(shown()["policy_age_s"], 90);
    EXPECT_EQ(shown()["journal_unsent"], 12);
    EXPECT_EQ(number("SELECT COUNT(*) FROM door_phases"), 1) << "only doors that are its own";
    const auto since = number("SELECT since FROM door_phases");
    now_ += std::chrono::seconds(30);
    sent(body);
    EXPECT_EQ(number("SELECT since FROM door_phases"), since) << "unchanged";
    body["doors"][0]["phase"] = "locked";
    sent(body);
    EXPECT_EQ(number("SELECT COUNT(*) FROM door_phases WHERE phase = 'locked'"), 1);
    EXPECT_EQ(number("SELECT since FROM door_phases"), since + 30);
}

/// What a board sends to enrol, and what the town makes of it.
class Enrolments : public AgentRoutes {
  protected:
    std::string code() { return expect(201, kSacha, "POST", path_ + "/enrolment-code")["code"]; }
    link::Enrolment meant(const Board& board) const {
        return {qr::TownId{1}, "danton", board.bytes(), {policy::Fingerprint{}}};
    }
    /// Whether the town took it, and proved itself.
    bool enrol(const std::string& code, const link::Enrolment& proved,
               const link::Enrolment& sent) {
        const auto secret = link::code_from(code).value();
        const auto proof = link::prove(secret, link::Side::agent, proved);
        bool taken = false;
        in_write([&](store::Session& session) {
            const auto answer = access::enrol_agent(
                session, key_, {kHere, sent, {proof.begin(), proof.end()}, now_});
            taken = answer && link::same(link::prove(secret, link::Side::town, proved), *answer);
        });
        return taken;
    }
};
CRENEAU_ON_BOTH_ENGINES(Enrolments);

TEST_P(Enrolments, TakeTheCodeOnceFromTheBoardThatKnowsIt) {
    const Board board;
    const Board between;
    const auto code = this->code();
    EXPECT_FALSE(enrol("0000-0000-0000-0000-0000-0000-0000-0000", meant(board), meant(board)));
    EXPECT_FALSE(enrol(code, meant(board), meant(between))) << "man in the middle";
    auto other = meant(board);
    other.town = qr::TownId{2};
    EXPECT_FALSE(enrol(code, other, other)) << "other town";
    other = meant(board);
    other.agent = "nobody";
    EXPECT_FALSE(enrol(code, other, other));
    EXPECT_EQ(shown()["state"], "unknown");
    EXPECT_TRUE(enrol(code, meant(board), meant(board)));
    EXPECT_EQ(shown()["offered_fingerprint"], board.fingerprint());
    EXPECT_FALSE(enrol(code, meant(between), meant(between))) << "reused";
    EXPECT_EQ(shown()["offered_fingerprint"], board.fingerprint());
}

TEST_P(Enrolments, TakeNoCodeThatIsOverOrReplaced) {
    const Board board;
    const auto first = code();
    const auto second = code();
    EXPECT_FALSE(enrol(first, meant(board), meant(board))) << "another one took its place";
    now_ += std::chrono::minutes(15);
    proved_at_ = now_;
    EXPECT_FALSE(enrol(second, meant(board), meant(board))) << "over";
    EXPECT_TRUE(enrol(code(), meant(board), meant(board)));
    EXPECT_EQ(number("SELECT COUNT(*) FROM agent_codes WHERE salt LIKE '%-%'"), 0);
}

/// What makes agents ask for another policy.
class PolicySerial : public AgentRoutes {
  protected:
    bool grows_by(const std::string& change) {
        const auto before = access::select_policy_serial(*session_, kHere);
        session_->execute(change);
        return access::select_policy_serial(*session_, kHere) > before;
    }
};
CRENEAU_ON_BOTH_ENGINES(PolicySerial);

TEST_P(PolicySerial, GrowsWithWhatAPolicySays) {
    EXPECT_TRUE(grows_by("UPDATE doors SET enabled = 0 WHERE town_id = 1"));
    EXPECT_TRUE(grows_by("UPDATE people SET active_until = 5 WHERE id = 40"));
    EXPECT_TRUE(grows_by(
        "INSERT INTO badges (town_id, number_sealed, number_mark, holder_kind, holder_id, from_at,"
        " changed_at) VALUES (1, '', '', 'person', 40, 1, 1)"));
    EXPECT_TRUE(grows_by("UPDATE badges SET state = 'lost' WHERE holder_id = 40"));
    EXPECT_FALSE(grows_by("UPDATE people SET name = 'Sam' WHERE id = 40"));
    EXPECT_FALSE(grows_by("UPDATE door_agents SET counter = 7"));
}

TEST_P(PolicySerial, GrowsWithARevocation) {
    static_cast<void>(approved());
    EXPECT_TRUE(grows_by("UPDATE credentials SET revoked_at = 1, revoked_why = 'lost'"));
}

}  // namespace
}  // namespace creneau::http

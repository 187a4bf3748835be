#include "api/people/secret_token.hpp"
#include "api/people/tokens/manage_tokens.hpp"
#include "api/people/tokens/token_rules.hpp"
#include "tests/api/people/town_fixture.hpp"

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include <soci/soci.h>

namespace creneau::people {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::seconds;

class Tokens : public TownTest {
  protected:
    MakeToken order(std::vector<std::string> scopes = {"schedule:read"}) {
        MakeToken order;
        order.town = kTown;
        order.actor = kAmelie;
        order.name = "Affichage";
        order.scopes = std::move(scopes);
        order.expires_at = kNow + days(30);
        order.secret = new_secret_token();
        order.now = kNow;
        return order;
    }
    TokenFaults faults(const MakeToken& wanted) {
        const auto made = make_token(session, wanted);
        return made ? TokenFaults{} : made.error();
    }
    bool works(const std::string& secret, seconds after = {}) {
        return find_bearer(session, kTown, secret, kNow + after).has_value();
    }
};
CRENEAU_ON_BOTH_ENGINES(Tokens);

TEST_P(Tokens, ActForTheirOwnerWithTheirScopesUntilTheyExpire) {
    const auto wanted = order({"schedule:read", "bookings:read", "schedule:read"});
    const auto made = make_token(session, wanted).value();
    EXPECT_EQ(made.scopes, (std::vector<std::string>{"bookings:read", "schedule:read"}));
    const auto bearer = find_bearer(session, kTown, wanted.secret, kNow).value();
    EXPECT_EQ(bearer.person.id, kAmelie);
    EXPECT_EQ(bearer.scopes, made.scopes);
    EXPECT_TRUE(works(wanted.secret, days(30) - seconds(1)));
    EXPECT_FALSE(works(wanted.secret, days(30)));
    EXPECT_FALSE(find_bearer(session, kOtherTown, wanted.secret, kNow));
    for (const auto& nonsense : {std::string(), std::string("x"), new_secret_token()}) {
        EXPECT_FALSE(works(nonsense));
    }
}

TEST_P(Tokens, AreKeptAsHashesOnly) {
    const auto wanted = order();
    ASSERT_TRUE(make_token(session, wanted));
    std::string kept;
    session.sql() << "SELECT name || token_hash || scopes FROM access_tokens", soci::into(kept);
    EXPECT_EQ(kept.find(wanted.secret), std::string::npos);
}

TEST_P(Tokens, EndWithTheirOwnersAccount) {
    const auto wanted = order();
    ASSERT_TRUE(make_token(session, wanted));
    EXPECT_TRUE(works(wanted.secret));
    session.execute("UPDATE people SET enabled = 0 WHERE id = 7");
    EXPECT_FALSE(works(wanted.secret));
    session.execute("UPDATE people SET enabled = 1 WHERE id = 7");
    EXPECT_FALSE(works(wanted.secret)) << "it is gone for good";
    const auto anew = order();
    ASSERT_TRUE(make_token(session, anew));
    EXPECT_TRUE(works(anew.secret));
}

TEST_P(Tokens, AreEndedByTheirOwnerAlone) {
    const auto wanted = order();
    const auto made = make_token(session, wanted).value();
    EXPECT_FALSE(end_token(session, {kTown, PersonId{8}, made.id, kNow}));
    EXPECT_FALSE(end_token(session, {kOtherTown, kAmelie, made.id, kNow}));
    EXPECT_TRUE(works(wanted.secret));
    EXPECT_TRUE(end_token(session, {kTown, kAmelie, made.id, kNow}));
    EXPECT_FALSE(works(wanted.secret));
}

TEST_P(Tokens, AreRefusedWithEveryReason) {
    auto wanted = order({});
    wanted.expires_at = kNow;
    EXPECT_EQ(faults(wanted), (TokenFaults{TokenFault::no_scope, TokenFault::expired}));
    wanted.expires_at = kNow + kLongestToken + seconds(1);
    wanted.scopes = {"schedule:read", "roles:write"};
    EXPECT_EQ(faults(wanted),
              (TokenFaults{TokenFault::unknown_scope, TokenFault::expires_too_late}));
    for (const auto* scope :
         {"me:read", "sessions:write", "schedule", "schedule:", ":read", "schedule:READ", ""}) {
        EXPECT_EQ(faults(order({scope})), TokenFaults{TokenFault::unknown_scope}) << scope;
    }
    wanted = order();
    wanted.actor = kChloe;
    EXPECT_EQ(faults(wanted), TokenFaults{TokenFault::not_allowed});
    for (std::int64_t made = 0; made < kMostTokens; ++made) {
        EXPECT_EQ(faults(order()), TokenFaults{});
    }
    EXPECT_EQ(faults(order()), TokenFaults{TokenFault::too_many});
}

TEST_P(Tokens, SayWithinAnHourWhenTheyWereUsed) {
    const auto wanted = order();
    ASSERT_TRUE(make_token(session, wanted));
    const auto used = find_bearer(session, kTown, wanted.secret, kNow).value();
    ASSERT_TRUE(used.to_note);
    note_token_use(session, kTown, *used.to_note, kNow);
    EXPECT_FALSE(find_bearer(session, kTown, wanted.secret, kNow + hours(1) - seconds(1))->to_note);
    EXPECT_TRUE(find_bearer(session, kTown, wanted.secret, kNow + hours(1))->to_note);
    EXPECT_EQ(select_tokens(session, kTown, kAmelie, kNow).at(0).last_used_at, kNow);
}

TEST(TokenRules, ScopesNameTheFirstPartOfAPath) {
    EXPECT_EQ(scope_of("GET", "/api/v1/bookings/7"), "bookings:read");
    EXPECT_EQ(scope_of("HEAD", "/api/v1/schedule"), "schedule:read");
    EXPECT_EQ(scope_of("POST", "/api/v1/waiting-list"), "waiting-list:write");
    EXPECT_EQ(scope_of("DELETE", "/feeds/x.ics"), ":write");
    EXPECT_TRUE(is_scope("sites:read"));
    EXPECT_FALSE(is_scope("sites:write")) << "whoever locks a site down is at a screen";
    for (const auto& scope : all_scopes()) {
        EXPECT_TRUE(is_scope(scope)) << scope;
    }
}

}  // namespace
}  // namespace creneau::people

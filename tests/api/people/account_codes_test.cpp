#include "api/people/account_codes.hpp"

#include "api/people/account_code_store.hpp"
#include "api/people/asked_codes.hpp"
#include "api/people/invite.hpp"
#include "api/people/password_by_code.hpp"
#include "api/people/passwords.hpp"
#include "api/people/people_rights.hpp"
#include "api/people/sign_in_store.hpp"
#include "api/store/readers.hpp"
#include "api/store/writer.hpp"
#include "tests/api/people/town_fixture.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include <soci/soci.h>

namespace creneau::people {
namespace {

constexpr const char* kAddress = "amelie@example.org";
constexpr PersonId kBruno{8};

AccountKey::Bytes key_of(std::uint8_t byte) {
    AccountKey::Bytes bytes{};
    bytes.fill(byte);
    return bytes;
}

class AccountCodes : public TownTest {
  protected:
    Attempt attempt(const std::string& email) const { return {kTown, email, client, now}; }
    /// The letters that somebody finds in the mail.
    std::string mailed(CodeKind kind, PersonId person = kAmelie) {
        return letters_of(key, kTown, mail_code(session, kTown, person, kind, now));
    }
    bool takes(CodeKind kind, const std::string& letters, PersonId person = kAmelie) {
        return take_code(session, key, {kTown, person, now}, {kind, letters});
    }
    /// What somebody asks for, and the clock's next tick.
    void ask(const std::string& email, CodeKind kind) {
        EXPECT_EQ(ask_for_code(session, attempt(email), kind), std::chrono::seconds{0});
        tick();
    }
    void tick() { answer_code_requests(readers, writer, kTown, now); }
    std::int64_t count(const std::string& what) {
        std::int64_t counted = 0;
        session.sql() << "SELECT COUNT(*) FROM " + what, soci::into(counted);
        return counted;
    }
    std::vector<std::string> told() {
        std::vector<std::string> words;
        soci::rowset<std::string> rows =
            (session.sql().prepare << "SELECT template FROM outbox ORDER BY id");
        return {rows.begin(), rows.end()};
    }
    tl::expected<PersonId, SignInRefusal> set_by(CodeKind kind, const std::string& letters,
                                                 const std::string& email = kAddress) {
        return set_password_by_code(session, key, {attempt(email), {kind, letters}, kHash});
    }
    tl::expected<Opened, SignInRefusal> come_in(const std::string& letters,
                                                const std::string& email = kAddress) {
        return sign_in_by_code(session, key, attempt(email), letters,
                               {.token = new_session_token()});
    }

    static inline const std::string kHash = hash_password("correct horse battery");
    const AccountKey key{key_of(7)};
    std::string client = "203.0.113.7";
    std::chrono::sys_seconds now = kNow;
    store::Readers readers{database.database(), 1};
    store::Writer writer{database.database(), {.limits = {}, .town_id = {}, .report = {}}};
};
CRENEAU_ON_BOTH_ENGINES(AccountCodes);

TEST_P(AccountCodes, ServeOnceAndForTheirPersonAndKindOnly) {
    const auto letters = mailed(CodeKind::password_reset);
    EXPECT_FALSE(takes(CodeKind::password_reset, letters, kBruno)) << "somebody else";
    EXPECT_FALSE(takes(CodeKind::invitation, letters)) << "another kind";
    EXPECT_FALSE(take_code(session, key, {kOtherTown, PersonId{20}, now},
                           {CodeKind::password_reset, letters}));
    EXPECT_TRUE(takes(CodeKind::password_reset, letters));
    EXPECT_FALSE(takes(CodeKind::password_reset, letters)) << "a replay";
    EXPECT_TRUE(takes(CodeKind::password_reset, mailed(CodeKind::password_reset)));
}

TEST_P(AccountCodes, EndAfterTheirTime) {
    struct Row {
        CodeKind kind;
        std::chrono::seconds lifetime;
    };
    for (const auto& [kind, lifetime] : {Row{CodeKind::invitation, std::chrono::days{7}},
                                         Row{CodeKind::password_reset, std::chrono::minutes{10}},
                                         Row{CodeKind::sign_in, std::chrono::minutes{10}}}) {
        const auto letters = mailed(kind);
        now += lifetime;
        EXPECT_FALSE(takes(kind, letters)) << word_of(kind);
        const auto again = mailed(kind);
        now += lifetime - std::chrono::seconds{1};
        EXPECT_TRUE(takes(kind, again)) << word_of(kind);
    }
}

TEST_P(AccountCodes, EndWhenAnotherInvitationIsMailed) {
    const auto older = mailed(CodeKind::invitation);
    const auto newer = mailed(CodeKind::invitation);
    EXPECT_NE(older, newer) << "made in the same second";
    EXPECT_FALSE(takes(CodeKind::invitation, older));
    EXPECT_TRUE(takes(CodeKind::invitation, newer));
}

TEST_P(AccountCodes, StayBesideThoseThatAStrangerAskedFor) {
    for (const auto kind : {CodeKind::sign_in, CodeKind::password_reset}) {
        const auto first = mailed(kind);
        const auto second = mailed(kind);
        EXPECT_NE(first, second);
        EXPECT_TRUE(takes(kind, first)) << word_of(kind);
        EXPECT_FALSE(takes(kind, first)) << "a replay";
        EXPECT_FALSE(takes(kind, second)) << "one in use ends the others";
    }
}

TEST_P(AccountCodes, CountAWrongOneForAllThatLive) {
    const auto first = mailed(CodeKind::sign_in);
    const auto second = mailed(CodeKind::sign_in);
    for (int i = 0; i < 5; ++i) {
        EXPECT_FALSE(takes(CodeKind::sign_in, "not a code"));
    }
    EXPECT_FALSE(takes(CodeKind::sign_in, first));
    EXPECT_FALSE(takes(CodeKind::sign_in, second));
    EXPECT_TRUE(takes(CodeKind::sign_in, mailed(CodeKind::sign_in)));
}

TEST_P(AccountCodes, EndAfterFiveWrongOnes) {
    auto letters = mailed(CodeKind::sign_in);
    const auto wrong = letters == "00000000" ? "00000001" : "00000000";
    for (int i = 0; i < 4; ++i) {
        EXPECT_FALSE(takes(CodeKind::sign_in, wrong));
    }
    EXPECT_TRUE(takes(CodeKind::sign_in, letters));
    letters = mailed(CodeKind::sign_in);
    for (int i = 0; i < 5; ++i) {
        EXPECT_FALSE(takes(CodeKind::sign_in, i < 4 ? "99999999" : "not a code"));
    }
    EXPECT_FALSE(takes(CodeKind::sign_in, letters));
}

TEST_P(AccountCodes, EndForGoodWhenTheAccountIsDisabled) {
    const auto letters = mailed(CodeKind::password_reset);
    session.execute("UPDATE people SET enabled = 0 WHERE id = 7");
    EXPECT_FALSE(set_by(CodeKind::password_reset, letters));
    session.execute("UPDATE people SET enabled = 1 WHERE id = 7");
    EXPECT_FALSE(set_by(CodeKind::password_reset, letters));
    EXPECT_TRUE(set_by(CodeKind::password_reset, mailed(CodeKind::password_reset)));
}

TEST_P(AccountCodes, AreNothingWithoutTheKey) {
    const auto code = mail_code(session, kTown, kAmelie, CodeKind::invitation, now);
    const AccountKey other(key_of(8));
    EXPECT_NE(letters_of(other, kTown, code), letters_of(key, kTown, code));
    EXPECT_NE(letters_of(key, kOtherTown, code), letters_of(key, kTown, code));
    EXPECT_FALSE(take_code(session, other, {kTown, kAmelie, now},
                           {CodeKind::invitation, letters_of(key, kTown, code)}));
    EXPECT_TRUE(takes(CodeKind::invitation, letters_of(key, kTown, code)));
}

TEST_P(AccountCodes, StandInNoColumnOfTheDatabase) {
    const auto letters = mailed(CodeKind::invitation);
    std::string plain = letters;
    std::erase(plain, '-');
    for (const auto* table : {"account_codes", "outbox"}) {
        soci::rowset<soci::row> rows =
            (session.sql().prepare
             << std::string("SELECT ") + (table == std::string("outbox")
                                              ? "facts, last_error, token FROM outbox"
                                              : "salt, kind, salt FROM account_codes"));
        for (const auto& row : rows) {
            for (std::size_t at = 0; at < row.size(); ++at) {
                EXPECT_EQ(row.get<std::string>(at).find(plain), std::string::npos);
                EXPECT_EQ(row.get<std::string>(at).find(letters), std::string::npos);
            }
        }
    }
    EXPECT_TRUE(takes(CodeKind::invitation, letters));
}

TEST_P(AccountCodes, LeaveWithTheirMailUnlessTheyAreOver) {
    const auto code = mail_code(session, kTown, kAmelie, CodeKind::sign_in, now);
    const auto for_mail = [&](TownId town, const std::string& address) {
        return letters_for_mail(session, key, town, {code.id, address}, now);
    };
    const auto letters = for_mail(kTown, kAddress);
    ASSERT_TRUE(letters);
    EXPECT_EQ(for_mail(kOtherTown, kAddress).error(), CodeGone::unknown);
    EXPECT_EQ(for_mail(kTown, "bruno@example.org").error(), CodeGone::unknown);
    EXPECT_TRUE(takes(CodeKind::sign_in, *letters));
    EXPECT_EQ(for_mail(kTown, kAddress).error(), CodeGone::over);
}

TEST_P(AccountCodes, DoNotLeaveWithAnOldMailWhoseNumberTheyHaveNow) {
    const auto old = mail_code(session, kTown, kAmelie, CodeKind::sign_in, now);
    session.execute("DELETE FROM account_codes");
    const auto id = std::to_string(static_cast<std::int64_t>(old.id));
    auto brunos = mail_code(session, kTown, kBruno, CodeKind::sign_in, now);
    session.execute("UPDATE account_codes SET id = " + id);  // as SQLite gives it out again
    brunos.id = old.id;
    EXPECT_EQ(letters_for_mail(session, key, kTown, {old.id, kAddress}, now).error(),
              CodeGone::unknown);
    EXPECT_EQ(letters_for_mail(session, key, kTown, {old.id, "bruno@example.org"}, now),
              letters_of(key, kTown, brunos));
}

TEST_P(AccountCodes, AreMailedToWhoAsksWhileFewLive) {
    for (int i = 0; i < 7; ++i) {
        ask(" Amelie@Example.org", CodeKind::password_reset);
    }
    EXPECT_EQ(count("account_codes"), kMostLivingCodes);
    EXPECT_EQ(told().size(), 3U);
    ask(kAddress, CodeKind::sign_in);
    EXPECT_EQ(told().back(), "account_sign_in_code") << "another kind has its own count";
    now += std::chrono::minutes{10};
    ask(kAddress, CodeKind::password_reset);
    EXPECT_EQ(told().size(), 5U) << "those before are over";
}

TEST_P(AccountCodes, AStrangerWhoAsksOnLocksNobodyOut) {
    for (int minute = 0; minute < 120; ++minute) {
        client = "198.51.100." + std::to_string(minute);
        ask(kAddress, CodeKind::sign_in);  // the stranger
        ask(kAddress, CodeKind::sign_in);  // the holder, who reads the newest mail
        const auto code = find_newest_codes(session, kTown, kAmelie, CodeKind::sign_in).at(0);
        ASSERT_TRUE(lives(code, now)) << minute;
        if (minute % 25 == 24) {
            EXPECT_TRUE(takes(CodeKind::sign_in, letters_of(key, kTown, code)));
        }
        now += std::chrono::minutes{1};
    }
    EXPECT_LE(told().size(), 50U) << "the mailbox is not flooded";
}

TEST_P(AccountCodes, ToSignInAreNotForStaff) {
    ask("bruno@example.org", CodeKind::sign_in);
    EXPECT_TRUE(told().empty());
    // One from before they became staff does not serve either.
    const auto letters = mailed(CodeKind::sign_in);
    session.execute("INSERT INTO person_roles (town_id, person_id, role) VALUES (1, 7, 'office')");
    EXPECT_FALSE(come_in(letters));
    session.execute("DELETE FROM person_roles WHERE role = 'office'");
    EXPECT_TRUE(come_in(letters));
}

TEST_P(AccountCodes, AskingWritesTheSameForKnownAndUnknown) {
    const auto written = [&](const std::string& email) {
        const auto before = count("sign_in_failures");
        const auto mails = count("outbox");
        EXPECT_EQ(ask_for_code(session, attempt(email), CodeKind::sign_in),
                  std::chrono::seconds{0});
        EXPECT_EQ(count("outbox"), mails) << "before the tick";
        const auto rows = count("code_requests");
        tick();
        EXPECT_EQ(count("code_requests"), 0);
        return std::pair(rows, count("sign_in_failures") - before);
    };
    (void)written("first@example.org");  // the network's own row
    const auto unknown = written("nobody@example.org");
    EXPECT_EQ(written(kAddress), unknown);
    EXPECT_EQ(written("bruno@example.org"), unknown) << "staff";
    EXPECT_EQ(written("chloe@example.org"), unknown) << "who left";
    EXPECT_EQ(told(), std::vector<std::string>{"account_sign_in_code"});
}

TEST_P(AccountCodes, AskingSlowsANetworkDown) {
    std::chrono::seconds delay{};
    int asked = 0;
    for (; asked < 200 && delay == std::chrono::seconds{0}; ++asked) {
        delay = ask_for_code(session, attempt("p" + std::to_string(asked) + "@example.org"),
                             CodeKind::password_reset);
    }
    EXPECT_EQ(asked, 61);
    EXPECT_EQ(count("code_requests"), 60);
    client = "198.51.100.1";
    EXPECT_EQ(ask_for_code(session, attempt(kAddress), CodeKind::password_reset),
              std::chrono::seconds{0});
}

TEST_P(AccountCodes, AnInvitationOpensAnAccount) {
    const auto invited = invite(session, {kTown, kBruno, kAmelie, now, now});
    ASSERT_TRUE(invited);
    EXPECT_EQ(invited->ends_at, now + std::chrono::days{7});
    EXPECT_EQ(told(), std::vector<std::string>{"account_invitation"});
    const auto codes = find_newest_codes(session, kTown, kAmelie, CodeKind::invitation);
    ASSERT_FALSE(codes.empty());
    const auto* code = &codes.front();
    EXPECT_FALSE(set_by(CodeKind::invitation, "0000-0000-0000"));
    EXPECT_FALSE(find_password_hash(session, kTown, kAmelie));
    ASSERT_TRUE(set_by(CodeKind::invitation, letters_of(key, kTown, *code)));
    EXPECT_EQ(find_password_hash(session, kTown, kAmelie), kHash);
    EXPECT_EQ(told().size(), 1U) << "who sets a first password needs no mail about it";
}

TEST_P(AccountCodes, AnInvitationNeedsTheRightAndSomebodyToInvite) {
    struct Row {
        const char* name;
        Invite order;
        InviteError error;
    };
    session.execute(
        "UPDATE people SET has_email = 0 WHERE id = 7;"
        "INSERT INTO people (id, town_id, key, name, email, locale) VALUES"
        " (10, 1, 'dora', 'Dora', 'dora@example.org', 'fr'),"
        " (11, 1, 'emil', 'Emil', 'emil@example.org', 'fr')");
    save_password_hash(session, kTown, PersonId{10}, kHash, now);
    for (const auto& [name, order, error] :
         {Row{"a booker", {kTown, kAmelie, PersonId{11}, now, now}, InviteError::forbidden},
          Row{"nobody", {kTown, PersonId{404}, PersonId{11}, now, now}, InviteError::forbidden},
          Row{"another town's",
              {kTown, PersonId{20}, PersonId{11}, now, now},
              InviteError::forbidden},
          Row{"staff by the office", {kTown, kBruno, kBruno, now, now}, InviteError::forbidden},
          Row{"of another town",
              {kTown, kBruno, PersonId{20}, now, now},
              InviteError::unknown_person},
          Row{"who left", {kTown, kBruno, kChloe, now, now}, InviteError::unknown_person},
          Row{"without address", {kTown, kBruno, kAmelie, now, now}, InviteError::no_address},
          Row{"with a password",
              {kTown, kBruno, PersonId{10}, now, now},
              InviteError::has_password}}) {
        const auto invited = invite(session, order);
        ASSERT_FALSE(invited) << name;
        EXPECT_EQ(invited.error(), error) << name;
    }
    EXPECT_TRUE(told().empty());
    EXPECT_TRUE(invite(session, {kTown, kBruno, PersonId{11}, now, now}));
}

TEST_P(AccountCodes, StaffAreInvitedByWhoProvedLatelyWhoTheyAre) {
    session.execute(
        "INSERT INTO person_roles (town_id, person_id, role) VALUES"
        " (1, 8, 'administrator'), (1, 7, 'office')");
    const auto stale = invite(session, {kTown, kBruno, kAmelie, now - kProofServes, now});
    ASSERT_FALSE(stale);
    EXPECT_EQ(stale.error(), InviteError::proof_needed);
    EXPECT_TRUE(told().empty());
    EXPECT_TRUE(invite(session, {kTown, kBruno, kAmelie, now, now}));
}

TEST_P(AccountCodes, AResetEndsSessionsAndOtherCodesAndTellsThePerson) {
    save_password_hash(session, kTown, kAmelie, "an older one", now);
    const auto token = new_session_token();
    open_session(session, kTown, kAmelie, {.token = token}, now);
    const auto other = mailed(CodeKind::sign_in);
    const auto letters = mailed(CodeKind::password_reset);
    ASSERT_TRUE(set_by(CodeKind::password_reset, letters));
    EXPECT_FALSE(find_signed_in(session, kTown, token, now));
    EXPECT_FALSE(come_in(other));
    EXPECT_EQ(told().back(), "account_password_set");
    EXPECT_TRUE(come_in(mailed(CodeKind::sign_in)));
}

TEST_P(AccountCodes, AreRefusedAlikeAndThrottledWithTheAccount) {
    const auto letters = mailed(CodeKind::sign_in);
    for (const auto* email : {kAddress, "nobody@example.org"}) {
        for (int i = 0; i < 4; ++i) {
            const auto refused = come_in("99999999", email);
            ASSERT_FALSE(refused) << email;
            EXPECT_EQ(refused.error().error, SignInError::wrong);
            EXPECT_EQ(refused.error().retry_after, std::chrono::seconds{0});
        }
        EXPECT_EQ(come_in("99999999", email).error().retry_after, std::chrono::seconds{2});
        EXPECT_EQ(come_in(letters, email).error().error, SignInError::throttled) << email;
    }
    now += std::chrono::seconds{2};
    EXPECT_EQ(come_in(letters).error().error, SignInError::wrong) << "five wrong ones end a code";
    now += std::chrono::minutes{1};
    EXPECT_TRUE(come_in(mailed(CodeKind::sign_in)));
}

TEST_P(AccountCodes, EachStepStandsInTheSecurityLog) {
    ASSERT_TRUE(invite(session, {kTown, kBruno, kAmelie, now, now}));
    const auto codes = find_newest_codes(session, kTown, kAmelie, CodeKind::invitation);
    ASSERT_TRUE(set_by(CodeKind::invitation, letters_of(key, kTown, codes.at(0))));
    ASSERT_TRUE(come_in(mailed(CodeKind::sign_in)));
    ASSERT_FALSE(come_in("99999999"));
    soci::rowset<std::string> rows =
        (session.sql().prepare << "SELECT action FROM audit WHERE log = 'security'"
                                  " AND subject_kind = 'person' AND subject_id = 7"
                                  " ORDER BY id");
    EXPECT_EQ(std::vector<std::string>(rows.begin(), rows.end()),
              (std::vector<std::string>{"invitation_sent", "invitation_accepted", "password_set",
                                        "signed_in", "sign_in_refused"}));
}

}  // namespace
}  // namespace creneau::people

#include "door-agent/commands.hpp"
#include "tests/door-agent/support/door_town.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>
#include <optional>
#include <sstream>
#include <string>

namespace creneau::door {
namespace {

using namespace std::chrono_literals;

constexpr auto kNow = std::chrono::sys_days{2026y / std::chrono::December / 5} + 18h;

struct Explained {
    int status;
    std::string text;
};

class Check : public testing::Test {
  protected:
    Check() { test::write_file(file_, town_.policy_file(7)); }

    [[nodiscard]] Explained explain(const std::string& digits, const std::string& door,
                                    std::chrono::sys_seconds at = kNow) const {
        CheckRequest request;
        request.policy_file = file_;
        request.text = digits;
        request.door = door;
        request.at = at;
        request.roots = town_.town.expectations().roots;
        request.town = policy::kTown;
        request.agent = "danton";
        request.journal = journal_;
        std::ostringstream out;
        const int status = check_pass(request, out);
        return {status, out.str()};
    }

    [[nodiscard]] static test::PassWish wish() {
        test::PassWish wish;
        wish.id = 0xABCDEF;
        wish.from = kNow - 10min;
        return wish;
    }

    test::TempFolder folder_;
    std::filesystem::path file_ = folder_.path() / "policy.cose";
    test::DoorTown town_{kNow};
    std::optional<std::filesystem::path> journal_;
};

constexpr std::string_view kAllowed =
    R"(policy: agent danton, generation 1, version 7, issued 2026-12-05T18:00:00Z
pass: 00000000abcdef revision 0, key 1, scope 32769, 2026-12-05T17:50:00Z to 2026-12-05T18:50:00Z, many times
assumed: the agent's clock is trusted and its policy has no age; no journal, so no marks of earlier use
door danton-rue (scope 1) at 2026-12-05T18:00:00Z
  ok       shape               the read is 200 digits
  ok       range               the digits are 83 bytes (below 2^664)
  ok       fields              version and every field are of this format
  ok       key_known           the policy holds a pass key of this number
  ok       key_window          that key's certificate is in its window now
  ok       pass_in_key_window  the pass's window lies inside the certificate's
  ok       longest_pass        the pass is not longer than the certificate allows
  ok       signature           the signature verifies for this town
  ok       door_known          the policy knows this door
  ok       door_state          the door is neither out of use nor locked down
  ok       scope               the pass is for this door, or for a zone that holds it
  ok       clock               the clock is to be trusted
  ok       policy_age          the policy is not too old
  ok       time                now is in the pass's window, give or take the skew
  ok       revocation          the pass is not revoked
  ok       revision            no newer revision of the pass was shown
  ok       use                 a once-per-door pass has not opened this door before
decision: allow, granted_booking
)";

TEST_F(Check, ExplainsAnAllowedPassLineByLine) {
    const auto said = explain(town_.digits(wish()), "danton-rue");
    EXPECT_EQ(said.status, kExitDone);
    EXPECT_EQ(said.text, kAllowed);
}

TEST_F(Check, StopsAtTheCheckThatRefuses) {
    const auto said = explain(town_.digits(wish()), "danton-bureau");
    EXPECT_EQ(said.status, kExitNo);
    const std::string allowed{kAllowed};
    const auto head = allowed.find("door danton-rue");
    const auto refused = allowed.find("  ok       scope");
    std::string expected = allowed.substr(0, refused);
    expected.replace(head, std::string("door danton-rue (scope 1)").size(),
                     "door danton-bureau (scope 3)");
    expected +=
        "  REFUSED  scope               the pass is for this door, or for a zone that holds it\n"
        "decision: deny, wrong_door\n";
    EXPECT_EQ(said.text, expected);
}

TEST_F(Check, NamesEveryReason) {
    const auto last_line = [](const Explained& said) {
        const auto text = said.text.substr(0, said.text.size() - 1);
        return text.substr(text.rfind('\n') + 1);
    };
    const auto good = town_.digits(wish());
    EXPECT_EQ(last_line(explain(good, "danton-rue", kNow - 1h)), "decision: deny, not_yet_valid");
    EXPECT_EQ(last_line(explain(good, "danton-rue", kNow + 1h)), "decision: deny, expired");
    EXPECT_EQ(last_line(explain(town_.digits_of_another_town(wish()), "danton-rue")),
              "decision: deny, bad_signature");
    EXPECT_EQ(last_line(explain("123", "danton-rue")), "decision: deny, malformed");
    EXPECT_EQ(last_line(explain("]Q1" + good + "\r\n", "danton-rue")),
              "decision: allow, granted_booking");
}

TEST_F(Check, SaysWhatIsWrongWithThePolicyOrTheDoor) {
    EXPECT_EQ(explain("1", "cellar").status, kExitUsage);
    std::filesystem::resize_file(file_, 50);
    const auto said = explain("1", "danton-rue");
    EXPECT_EQ(said.status, kExitUsage);
    EXPECT_NE(said.text.find("policy.cose: "), std::string::npos);
}

TEST_F(Check, AJournalThatCannotBeReadIsAnErrorAndNotAnEmptyOne) {
    journal_ = folder_.path() / "journal.db";
    EXPECT_EQ(explain(town_.digits(wish()), "danton-rue").status, kExitDone) << "none yet";
    test::write_file(*journal_, {'x', 'y', 'z'});
    const auto said = explain(town_.digits(wish()), "danton-rue");
    EXPECT_EQ(said.status, kExitUsage);
    EXPECT_NE(said.text.find("journal.db: the journal cannot be read"), std::string::npos);
}

TEST(Instant, IsReadInThreeForms) {
    EXPECT_EQ(parse_instant("2026-12-05T18:00:00Z"), kNow);
    EXPECT_EQ(parse_instant("2026-12-05T19:00:00+01:00"), kNow);
    EXPECT_EQ(
        parse_instant(std::to_string(std::chrono::sys_seconds{kNow}.time_since_epoch().count())),
        kNow);
    for (const auto* wrong :
         {"", "tomorrow", "2026-12-05", "2026-12-05T18:00:00", "-5", "2026-02-30T18:00:00Z",
          "2026-12-05T24:00:00Z", "2026-12-05T18:00:00Zx", "2026-12-05T18:00:00+1:00 "}) {
        EXPECT_FALSE(parse_instant(wrong)) << wrong;
    }
    EXPECT_EQ(text_of(kNow), "2026-12-05T18:00:00Z");
}

}  // namespace
}  // namespace creneau::door

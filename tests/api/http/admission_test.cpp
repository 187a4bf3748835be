#include "api/http/admission.hpp"

#include "api/http/all_routes.hpp"
#include "api/http/request.hpp"
#include "api/http/routes.hpp"
#include "api/people/account_key.hpp"
#include "api/people/second_factor/proved_by.hpp"
#include "api/people/secret_token.hpp"
#include "api/people/sessions.hpp"
#include "api/people/tokens/manage_tokens.hpp"
#include "api/privacy/erasure_ledger.hpp"
#include "api/signer/signer_client.hpp"
#include "tests/api/booking/town_fixture.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>

namespace creneau::http {
namespace {

using people::PersonId;
using people::ProvedBy;

/// Written by hand: what staff reach before they have a second factor.
const std::set<std::string> kBeforeEnrolment{"GET /api/v1/me",
                                             "POST /api/v1/me/totp",
                                             "POST /api/v1/me/totp/confirm",
                                             "PUT /api/v1/me/password",
                                             "POST /api/v1/sessions/current/proof",
                                             "GET /api/v1/me/sessions",
                                             "DELETE /api/v1/me/sessions",
                                             "DELETE /api/v1/me/sessions/:id",
                                             "DELETE /api/v1/sessions/current"};

class Admission : public testing::TestWithParam<store::Engine>, protected booking::FilledTown {
  protected:
    Admission() : FilledTown(GetParam()) {}

    std::string signed_in(PersonId person, ProvedBy proved_by) {
        auto token = people::new_session_token();
        people::open_session(*session_, booking::kTown, person,
                             {.token = token, .proved_by = proved_by}, booking::kNow);
        return token;
    }
    static Request request_of(const Route& route) {
        Request request;
        request.method = route.method;
        request.town = booking::kTown;
        request.now = booking::kNow;
        return request;
    }
    /// "" when the route is open, the status and body of the refusal otherwise.
    std::string refusal(const Route& route, Request& request) {
        const auto refused = refuse_entry(*session_, writer_, route, request);
        return refused ? std::to_string(refused->status) + ' ' + refused->body : "";
    }
    std::string refusal(const Route& route, const std::string& token) {
        auto request = request_of(route);
        request.session_token = token;
        return refusal(route, request);
    }

    const signer::Client nobody_{"/nonexistent"};
    const people::AccountKey key_{people::AccountKey::Bytes{}};
    const privacy::ErasureLedger ledger_{"/nonexistent"};
    const Routes routes_ = all_routes(nobody_, {key_, nullptr}, nullptr, nullptr, ledger_);
};
CRENEAU_ON_BOTH_ENGINES(Admission);

TEST_P(Admission, HoldsStaffBackUntilTheyHaveASecondFactor) {
    for (const auto proved_by : {ProvedBy::code, ProvedBy::password}) {
        const auto token = signed_in(booking::kOffice, proved_by);
        std::set<std::string> open;
        for (const auto& route : routes_.all()) {
            if (route.access == Access::anyone || route.kind == Kind::plain) {
                continue;
            }
            const auto refused = refusal(route, token);
            if (refused.empty()) {
                open.insert(route.method + ' ' + route.pattern);
            } else {
                EXPECT_TRUE(refused.starts_with("403")) << refused;
                EXPECT_NE(refused.find("second_factor_enrolment_required"), std::string::npos);
            }
        }
        EXPECT_EQ(open, kBeforeEnrolment);
    }
}

TEST_P(Admission, TakesThemForNobodyWhereEverybodyMayComeIn) {
    const auto held = signed_in(booking::kOffice, ProvedBy::password);
    const auto whole = signed_in(booking::kOffice, ProvedBy::second_factor);
    for (const auto& route : routes_.all()) {
        if (route.access != Access::anyone || route.kind == Kind::plain) {
            continue;
        }
        auto request = request_of(route);
        request.session_token = held;
        EXPECT_EQ(refusal(route, request), "") << route.pattern;
        EXPECT_FALSE(request.person) << route.pattern;
        request.session_token = whole;
        EXPECT_EQ(refusal(route, request), "") << route.pattern;
        EXPECT_TRUE(request.person) << route.pattern;
    }
}

TEST_P(Admission, HoldsNobodyElseBack) {
    const auto staff = signed_in(booking::kOffice, ProvedBy::second_factor);
    const auto booker = signed_in(booking::kCamille, ProvedBy::code);
    for (const auto& route : routes_.all()) {
        if (route.kind != Kind::plain) {
            EXPECT_EQ(refusal(route, staff), "") << route.pattern;
            EXPECT_EQ(refusal(route, booker), "") << route.pattern;
        }
    }
}

TEST_P(Admission, HoldsWhoIsOnTheStaffBackWithoutARoleAsWell) {
    const auto before = signed_in(booking::kCamille, ProvedBy::code);
    const auto whole = signed_in(booking::kCamille, ProvedBy::second_factor);
    const auto route = std::ranges::find_if(routes_.all(), [](const Route& one) {
        return one.method == "GET" && one.pattern == "/api/v1/bookings";
    });
    EXPECT_EQ(refusal(*route, before), "");
    session_->execute(
        "INSERT INTO departments (id, town_id, name) VALUES (1, 1, 'Culture');"
        "INSERT INTO staff (person_id, town_id, department_id, line_manager_id, from_date) VALUES"
        " (3, 1, 1, 2, '2020-01-01')");
    EXPECT_TRUE(refusal(*route, before).starts_with("403")) << "a line manager";
    EXPECT_EQ(refusal(*route, whole), "");
    const auto agent = signed_in(booking::kDominique, ProvedBy::password);
    EXPECT_TRUE(refusal(*route, agent).starts_with("403"));
}

TEST_P(Admission, LetsTheTokensOfStaffWorkOn) {
    const auto secret = people::new_secret_token();
    ASSERT_TRUE(people::make_token(*session_, {.town = booking::kTown,
                                               .actor = booking::kOffice,
                                               .name = "Hall",
                                               .scopes = {"bookings:read"},
                                               .expires_at = booking::kNow + std::chrono::hours(1),
                                               .secret = secret,
                                               .now = booking::kNow}));
    const auto route = std::ranges::find_if(routes_.all(), [](const Route& one) {
        return one.method == "GET" && one.pattern == "/api/v1/bookings";
    });
    auto request = request_of(*route);
    request.bearer_token = secret;
    EXPECT_EQ(refusal(*route, request), "");
    ASSERT_TRUE(request.person);
    EXPECT_EQ(request.person->id, booking::kOffice);
}

}  // namespace
}  // namespace creneau::http

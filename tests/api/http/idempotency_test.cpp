#include "api/http/idempotency.hpp"

#include "tests/support/test_database.hpp"

#include <gtest/gtest.h>

namespace creneau::http {
namespace {

class Idempotency : public testing::TestWithParam<store::Engine> {
  protected:
    Idempotency() {
        session.execute(
            "INSERT INTO towns (id, key, name, time_zone, service, email, phone)"
            " VALUES (1, 'a', 'A', 'Europe/Paris', 'S', 'a@example.org', '0');"
            "INSERT INTO people (id, town_id, key, name, email, locale) VALUES"
            " (1, 1, 'p', 'P', 'p@example.org', 'fr'), (2, 1, 'q', 'Q', 'q@example.org', 'fr')");
        request.method = "POST";
        request.path = "/things";
        request.body = "{}";
        request.town = people::TownId{1};
        request.now = std::chrono::sys_seconds{std::chrono::hours{500'000}};
        become(1);
    }
    void become(std::int64_t id) {
        request.person = people::Person{};
        request.person->id = people::PersonId{id};
    }
    /// The status of the answer; work that succeeds answers 201 and counts itself.
    int post(int status = 201) {
        const auto step = with_idempotency(request, [&](store::Session&) {
            ++worked;
            const Response answer{status, {{"Location", "/things/1"}}, std::to_string(worked)};
            return status < 300 ? tl::expected<Response, Response>(answer) : tl::unexpected(answer);
        });
        if (const auto* refused = std::get_if<Response>(&step)) {
            return refused->status;
        }
        const auto answer = std::get<Work>(step)(session);
        last = answer ? *answer : answer.error();
        return last.status;
    }

    support::TestDatabase database{GetParam()};
    store::Session session = database.open();
    Request request;
    Response last;
    int worked = 0;
};

CRENEAU_ON_BOTH_ENGINES(Idempotency);

TEST_P(Idempotency, WithoutAKeyEveryRequestWorks) {
    EXPECT_EQ(post(), 201);
    EXPECT_EQ(post(), 201);
    EXPECT_EQ(worked, 2);
}

TEST_P(Idempotency, TheSameKeyAndBodyGetTheSameAnswerForADay) {
    request.headers = {{"idempotency-key", "k"}};
    EXPECT_EQ(post(), 201);
    request.now += std::chrono::hours{23};
    EXPECT_EQ(post(), 201);
    EXPECT_EQ(worked, 1);
    EXPECT_EQ(last.body, "1");
    EXPECT_EQ(last.headers, (decltype(last.headers){{"Location", "/things/1"}}));
    request.now += std::chrono::hours{1};
    EXPECT_EQ(post(), 201);
    EXPECT_EQ(worked, 2);
}

TEST_P(Idempotency, AnotherBodyUnderTheSameKeyIsRefused) {
    request.headers = {{"idempotency-key", "k"}};
    EXPECT_EQ(post(), 201);
    request.body = "{ }";
    EXPECT_EQ(post(), 422);
    EXPECT_EQ(worked, 1);
    EXPECT_NE(last.body.find("idempotency_key_reused"), std::string::npos);
}

TEST_P(Idempotency, KeysOfTwoPeopleAreStrangers) {
    request.headers = {{"idempotency-key", "k"}};
    EXPECT_EQ(post(), 201);
    become(2);
    EXPECT_EQ(post(), 201);
    EXPECT_EQ(worked, 2);
}

TEST_P(Idempotency, ARefusalIsDecidedAnew) {
    request.headers = {{"idempotency-key", "k"}};
    EXPECT_EQ(post(409), 409);
    EXPECT_EQ(post(), 201);
    EXPECT_EQ(worked, 2);
}

TEST_P(Idempotency, RefusesKeysThatAreNoKeys) {
    for (const auto& key : {std::string(), std::string(256, 'a'), std::string("a b")}) {
        request.headers = {{"idempotency-key", key}};
        EXPECT_EQ(post(), 400) << key;
    }
    EXPECT_EQ(worked, 0);
}

}  // namespace
}  // namespace creneau::http

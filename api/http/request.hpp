#pragma once

#include "api/people/person.hpp"
#include "api/people/session_types.hpp"
#include "api/store/present.hpp"

#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace creneau::http {

/// The language of titles and details: French unless the client prefers English.
enum class Language : std::uint8_t { fr, en };

/// One request as a handler sees it: plain values, nothing of the server library. HEAD arrives as
/// GET.
struct Request {
    std::string method;
    std::string path;  // as sent, still percent-encoded, without the query
    std::map<std::string, std::string>
        parameters;  // of the route's ":name" segments, decoded UTF-8
    std::vector<std::pair<std::string, std::string>> query;    // decoded UTF-8, in order
    std::vector<std::pair<std::string, std::string>> headers;  // names in lower case
    std::string body;
    std::shared_ptr<const void> upload = {};  // of a file: the place in memory that it takes
    std::string client;  // the client's address; X-Forwarded-For counts only from loopback
    std::string id;      // names this request in logs and in X-Request-Id
    people::TownId town{};
    bool secure = false;  // browsers reach the town by https
    Language language = Language::fr;
    std::chrono::sys_seconds now;                   // when the request was complete
    std::optional<people::Person> person;           // who is signed in
    std::optional<people::CurrentSession> session;  // and by which session
    std::optional<std::string> session_token;       // what the session cookie carried; never log it

    std::optional<std::string> bearer_token;  // of a program, instead of a session; never log it

    /// First header of that lower-case name, or nothing.
    [[nodiscard]] std::optional<std::string_view> header(std::string_view name) const;
    /// Value of a cookie; cookies that are not `name=value` are passed over.
    [[nodiscard]] std::optional<std::string> cookie(std::string_view name) const;
    /// A ":id" (or ":…_id") segment; the routing table has already checked that it is a positive
    /// number.
    [[nodiscard]] std::int64_t number(const std::string& parameter) const;
    /// The person of a route that needs one (Access::signed_in).
    [[nodiscard]] const people::Person& signed_in() const {
        return store::present(person, "person");
    }
    /// The session of that person.
    [[nodiscard]] const people::CurrentSession& signed_in_by() const {
        return store::present(session, "session");
    }
};

}  // namespace creneau::http

#pragma once

#include "api/http/request.hpp"
#include "api/http/response.hpp"
#include "api/store/readers.hpp"
#include "api/store/session.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include <tl/expected.hpp>

namespace creneau::http {

/// Who may call a route at all. Finer questions are the handler's, by `may()`.
enum class Access : std::uint8_t { signed_in, anyone };

/// Work for the single writer: the answer is sent after COMMIT. An unexpected response undoes
/// everything the work did. It may run more than once and must have no other effect.
using Work = std::function<tl::expected<Response, Response>(store::Session&)>;

/// Either the answer at once (input refused) or work whose result is the answer.
using Step = std::variant<Response, Work>;

using PlainHandler = std::function<Response(const Request&)>;
using ReadHandler = std::function<Response(const Request&, store::Session&)>;
using StepHandler = std::function<Step(const Request&)>;
using SlowHandler = std::function<Step(const Request&, store::Readers&)>;

enum class Kind : std::uint8_t { plain, read, write, create, slow, hashing };

struct Route {
    std::string method;
    std::vector<std::string> segments;
    Kind kind = Kind::plain;
    Access access = Access::signed_in;
    std::variant<PlainHandler, ReadHandler, StepHandler, SlowHandler> handler;
    std::string pattern = {};
    bool takes_query = false;  ///< of what changes state: its query says something
    bool takes_file = false;   ///< its body is a PDF or a picture, up to kMaxUpload, and no JSON
};

/// The table of routes. A pattern is "/api/v1/rooms/:id" or "/api/v1/passes/:id.png"; ":id" and
/// ":…_id" match positive numbers only. GET routes also answer HEAD. Fill it before the server
/// starts; it is read by all threads afterwards.
class Routes {
  public:
    /// Answered in place, without the database; open to all.
    void plain(std::string method, std::string_view pattern, PlainHandler handler);
    /// Answered in place from one read snapshot, the same that said who is signed in.
    void read(std::string method, std::string_view pattern, ReadHandler handler,
              Access access = Access::signed_in);
    /// The handler checks the input in place and hands over work for the writer.
    void write(std::string method, std::string_view pattern, StepHandler handler,
               Access access = Access::signed_in);
    /// The same, and the handler reads the query too; any other change refuses what stands there.
    void write_with_query(std::string method, std::string_view pattern, StepHandler handler);
    /// A POST that creates: like write, and honours Idempotency-Key in the same transaction.
    void create(std::string_view pattern, StepHandler handler);
    /// The handler runs on a small bounded pool (pictures, letters, the signer) and reads as it
    /// needs to, but keeps no session while it computes.
    void slow(std::string method, std::string_view pattern, SlowHandler handler,
              Access access = Access::signed_in);
    /// A PUT whose body is a file. The handler runs as a slow one does. body_limits.cpp has to know
    /// the pattern: the body is counted before the table is asked.
    void upload(std::string_view pattern, SlowHandler handler);

    /// The same on a pool of its own, for argon2id: neither waits for the other's threads.
    void hashing(std::string method, std::string_view pattern, SlowHandler handler,
                 Access access = Access::signed_in);

    struct Found {
        const Route* route = nullptr;      // nothing: see `allowed`
        std::vector<std::string> allowed;  // methods the path knows; empty: no such path
    };
    /// Looks the request up and fills its parameters.
    [[nodiscard]] Found find(Request& request) const;

    [[nodiscard]] const std::vector<Route>& all() const { return routes_; }

  private:
    void add(Route route, std::string_view pattern);
    std::vector<Route> routes_;
};

}  // namespace creneau::http

#pragma once

#include "api/http/server.hpp"
#include "api/people/account_code_rules.hpp"
#include "api/people/account_key.hpp"
#include "api/people/ids.hpp"
#include "api/store/readers.hpp"
#include "api/store/writer.hpp"
#include "tests/api/http/raw_client.hpp"
#include "tests/support/test_database.hpp"

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace creneau::http {

/// A gate that handlers wait at until the test opens it.
class Gate {
  public:
    void pass();
    void open();
    /// How many wait now.
    [[nodiscard]] int waiting() const { return waiting_; }

  private:
    std::mutex mutex_;
    std::condition_variable opened_;
    bool open_ = false;
    std::atomic<int> waiting_{0};
};

/// The real server on a real database, with routes of every kind:
/// GET /plain, GET /read, GET /large (500 KB), POST /echo (through the writer), POST /refused (409
/// by the writer), POST /held (waits at the gate inside the writer), POST /lost (its group is not
/// kept), POST /asked (signed in, reads its query), POST /slow and GET /slow (wait at the
/// gate), POST /things (creates), GET /whoami, GET and
/// POST /api/v1/bookings (signed in), GET /api/v1/schedule (open), GET /throws, GET /too-large, and
/// all of the program's own session, token and service routes.
class LiveServer {
  public:
    static constexpr std::chrono::sys_seconds kNow{std::chrono::seconds{1'796'000'000}};

    explicit LiveServer(store::Engine engine = store::Engine::sqlite,
                        store::WriterLimits limits = {});
    ~LiveServer();
    LiveServer(const LiveServer&) = delete;
    LiveServer& operator=(const LiveServer&) = delete;

    [[nodiscard]] std::uint16_t port() const { return server_->port(); }
    [[nodiscard]] std::string host() const { return "127.0.0.1:" + std::to_string(port()); }
    /// A request with Host, Origin and, for a body, Content-Type and Content-Length.
    [[nodiscard]] std::string request(const std::string& method, const std::string& path,
                                      const std::string& headers = "",
                                      const std::string& body = "") const;
    [[nodiscard]] std::optional<RawAnswer> call(const std::string& method, const std::string& path,
                                                const std::string& headers = "",
                                                const std::string& body = "") const {
        return exchange(port(), request(method, path, headers, body));
    }

    /// What the handlers were called with: "GET /plain".
    [[nodiscard]] std::vector<std::string> handled() const;
    /// The letters of a code that is mailed to somebody now.
    [[nodiscard]] std::string mail_code(people::CodeKind kind,
                                        people::PersonId person = people::PersonId{7});
    /// The clock's tick, then the letters of the newest code of kEmail's person; "" without one.
    [[nodiscard]] std::string asked_code(people::CodeKind kind);
    /// Gives kNils kPassword and makes an administrator of them.
    void employ_nils();
    /// When kEmail's person last proved who they are, in their first session.
    [[nodiscard]] std::chrono::sys_seconds proved_at();
    /// How many lines of the security log, once there are `least` or ten seconds are over: a
    /// refusal is noted after its answer.
    [[nodiscard]] std::int64_t lines_of_security(const std::string& where, std::int64_t least = 0);
    [[nodiscard]] std::chrono::sys_seconds now() const {
        return kNow + std::chrono::seconds{offset_.load()};
    }
    void advance(std::chrono::seconds time) { offset_ += time.count(); }
    void stop() { server_->stop(); }

    Gate gate;
    std::atomic<int> commits{0};  ///< how often the server told of one

    static constexpr const char* kEmail = "amelie@example.org";
    static constexpr const char* kPassword = "correct horse battery";
    static constexpr people::PersonId kNils{8};  ///< without a password
    static constexpr const char* kEmailOfNils = "nils@example.org";

  private:
    void add_person();
    Routes routes();
    void note(const Request& request);

    support::TestDatabase database_;
    const people::AccountKey key_{people::AccountKey::Bytes{1, 2, 3}};
    std::atomic<std::int64_t> offset_{0};
    mutable std::mutex mutex_;
    std::vector<std::string> handled_;
    std::unique_ptr<store::Readers> readers_;
    std::unique_ptr<store::Writer> writer_;
    std::unique_ptr<Server> server_;
};

}  // namespace creneau::http

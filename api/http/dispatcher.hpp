#pragma once

#include "api/http/held_answers.hpp"
#include "api/http/refusal_log.hpp"
#include "api/http/request.hpp"
#include "api/http/responder.hpp"
#include "api/http/routes.hpp"
#include "api/http/static_files.hpp"
#include "api/http/worker_pool.hpp"
#include "api/store/readers.hpp"
#include "api/store/writer.hpp"

#include <functional>
#include <memory>
#include <string>

namespace creneau::http {

/// Takes a request through the checks that are the same for all routes, finds its route and sees
/// to it that the answer is sent, here or later from another thread. Knows no server library.
class Dispatcher {
  public:
    struct Options {
        std::string public_url;
        std::function<void()> after_commit;  // may be empty; see ServerSettings
        HoldBack hold_back;                  // may be empty; see ServerSettings
        std::size_t slow_threads = 2;
        std::size_t slow_queued = 64;
        std::size_t hashing_threads = 2;  // each takes 19 MiB
        std::size_t hashing_queued = 32;
        std::shared_ptr<const StaticFiles> pages = nullptr;  // see ServerSettings
    };

    Dispatcher(Routes routes, store::Readers& readers, store::Writer& writer, Options options);
    ~Dispatcher();
    Dispatcher(const Dispatcher&) = delete;
    Dispatcher& operator=(const Dispatcher&) = delete;

    /// Answers what is held back and holds nothing back from then on. Idempotent.
    void end_held_answers();

    /// Never throws; any thread.
    void handle(Request request, const std::shared_ptr<Responder>& responder) noexcept;

  private:
    using Shared = std::shared_ptr<const Request>;

    void check_and_route(Request request, const std::shared_ptr<Responder>& responder);
    [[nodiscard]] std::optional<Response> refuse_early(const Request& request) const;
    [[nodiscard]] Response no_route(const Request& request, const Routes::Found& found) const;
    void run(const Route& route, Request request, const std::shared_ptr<Responder>& responder);
    [[nodiscard]] Response read(const Route& route, Request& request);
    [[nodiscard]] std::optional<Response> refuse_entry_to(const Route& route, Request& request);
    void run_slow(WorkerPool& pool, const Route& route, const Shared& request,
                  const std::shared_ptr<Responder>& responder);
    void take_step(const Route& route, Step step, const Shared& request,
                   const std::shared_ptr<Responder>& responder);
    void submit(const Route& route, Work work, const Shared& request,
                const std::shared_ptr<Responder>& responder);

    Routes routes_;
    store::Readers& readers_;
    store::Writer& writer_;
    std::shared_ptr<RefusalLog> refusals_;
    std::shared_ptr<HeldAnswers> held_;
    std::string public_url_;
    std::function<void()> after_commit_;
    HoldBack hold_back_;
    std::shared_ptr<const StaticFiles> pages_;
    WorkerPool pool_;
    WorkerPool hashing_pool_;
};

}  // namespace creneau::http

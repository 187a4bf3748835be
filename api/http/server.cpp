#include "api/http/server.hpp"

#include "api/http/dispatcher.hpp"
#include "api/http/in_flight.hpp"
#include "api/http/input_guard.hpp"
#include "api/http/request_framer.hpp"
#include "api/http/routes.hpp"
#include "api/store/readers.hpp"
#include "api/store/writer.hpp"

#include <chrono>
#include <csignal>
#include <cstdint>
#include <memory>
#include <utility>

#include <pistache/endpoint.h>
#include <signal.h>
#include <spdlog/spdlog.h>

namespace creneau::http {

namespace {

namespace pistache = Pistache;

constexpr std::chrono::seconds kRequestTime{30};    // from a request's first byte to its last
constexpr std::chrono::seconds kKeepAliveTime{60};  // without any request
constexpr std::chrono::seconds kDrainTime{5};

std::chrono::sys_seconds machine_clock() {
    return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
}

constexpr std::uint64_t bit_of(pistache::Tcp::Options option) {
    return static_cast<std::uint64_t>(option);
}

using SocketOptions = pistache::Tcp::Options;
constexpr auto kSocketOptions =
    static_cast<SocketOptions>(bit_of(SocketOptions::ReuseAddr) | bit_of(SocketOptions::NoDelay) |
                               bit_of(SocketOptions::CloseOnExec));

pistache::Http::Endpoint::Options options_of(const ServerSettings& settings) {
    return pistache::Http::Endpoint::options()
        .threads(settings.threads)
        .flags(kSocketOptions)
        .maxRequestSize(kMaxCanonical)
        .headerTimeout(kRequestTime)
        .bodyTimeout(kRequestTime)
        .keepaliveTimeout(kKeepAliveTime);
}

}  // namespace

class Server::Running {
  public:
    Running(ServerSettings settings, Routes routes, store::Readers& readers, store::Writer& writer)
        : settings_(std::move(settings)),
          dispatcher_(std::move(routes), readers, writer,
                      {.public_url = settings_.public_url,
                       .after_commit = settings_.after_commit,
                       .hold_back = settings_.hold_back,
                       .slow_threads = settings_.slow_threads,
                       .slow_queued = settings_.slow_queued,
                       .pages = settings_.pages}),
          endpoint_(pistache::Address(settings_.address, pistache::Port(settings_.port))) {}

    void start() {
        std::signal(SIGPIPE, SIG_IGN);
        const bool secure = settings_.public_url.starts_with("https://");
        endpoint_.init(options_of(settings_));
        endpoint_.setHandler(std::make_shared<InputGuard>(std::make_shared<const GuardShared>(
            GuardShared{dispatcher_, flights_, settings_.town, secure,
                        settings_.clock ? settings_.clock : machine_clock})));
        endpoint_.serveThreaded();
        started_ = true;
    }

    std::uint16_t port() const { return endpoint_.getPort(); }

    void stop() {
        if (!std::exchange(started_, false)) {
            return;
        }
        dispatcher_.end_held_answers();
        if (!flights_->close_and_wait(kDrainTime)) {
            spdlog::warn("stopping with requests unanswered");
        }
        endpoint_.shutdown();
    }

  private:
    ServerSettings settings_;
    std::shared_ptr<InFlight> flights_ = std::make_shared<InFlight>();
    Dispatcher dispatcher_;
    pistache::Http::Endpoint endpoint_;  // goes first: its threads use all of the above
    bool started_ = false;
};

Server::Server(ServerSettings settings, Routes routes, store::Readers& readers,
               store::Writer& writer)
    : running_(std::make_unique<Running>(std::move(settings), std::move(routes), readers, writer)) {
}

Server::~Server() {
    stop();
}

void Server::start() {
    running_->start();
}

std::uint16_t Server::port() const {
    return running_->port();
}

void Server::stop() {
    running_->stop();
}

}  // namespace creneau::http

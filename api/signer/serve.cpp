#include "api/signer/serve.hpp"

#include "api/signer/peer.hpp"
#include "api/signer/secret_key.hpp"
#include "api/signer/signer_config.hpp"
#include "api/signer/signer_protocol.hpp"
#include "api/signer/signer_server.hpp"
#include "api/signer/signing_desk.hpp"

#include <chrono>
#include <csignal>
#include <iostream>
#include <optional>
#include <stdexcept>
#include <string>

#include <signal.h>
#include <spdlog/spdlog.h>
#include <sys/signalfd.h>
#include <sys/types.h>
#include <systemd/sd-daemon.h>
#include <unistd.h>

namespace creneau::signer {
namespace {

Instants instants() {
    return {std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now()),
            std::chrono::steady_clock::now()};
}

/// Readable once SIGTERM or SIGINT has come.
int stop_signal() {
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    sigprocmask(SIG_BLOCK, &signals, nullptr);
    const int fd = ::signalfd(-1, &signals, SFD_CLOEXEC | SFD_NONBLOCK);
    if (fd < 0) {
        throw std::runtime_error("cannot wait for signals");
    }
    return fd;
}

std::optional<gid_t> client_group(const std::string& name) {
    if (name.empty()) {
        return std::nullopt;
    }
    const auto group = group_named(name);
    if (!group) {
        throw std::runtime_error("signer.client_group: there is no group \"" + name + "\"");
    }
    return group;
}

}  // namespace

int serve(const SignerConfig& config) {
    const int stop = stop_signal();
    if (!memory_can_be_locked()) {
        spdlog::warn("memory cannot be locked here (RLIMIT_MEMLOCK): keys may be swapped out");
    }
    SigningDesk desk(config);
    desk.look_at_keys(std::chrono::floor<std::chrono::seconds>(instants().wall));
    SignerServer server(config.socket, client_group(config.client_group));
    std::cout << "signer ready on " << config.socket.string() << "\n" << std::flush;
    sd_notify(0, "READY=1");
    server.run(stop, [&](const Ask& ask) { return desk.answer(ask, instants()); });
    sd_notify(0, "STOPPING=1");
    ::close(stop);
    return 0;
}

}  // namespace creneau::signer

#pragma once

#include "door-agent/readers/descriptor.hpp"

#include <filesystem>
#include <mutex>
#include <string>
#include <thread>

namespace creneau::door {

/// Says how the agent is to whoever connects, and reads nothing: a Unix socket that only the
/// agent's own user and root may open. A thread of its own; whoever is slow gets less text.
class StatusSocket {
  public:
    /// Replaces what an earlier agent left. Without a socket the agent goes on, and a log line says
    /// why.
    explicit StatusSocket(const std::filesystem::path& file);
    ~StatusSocket();
    StatusSocket(const StatusSocket&) = delete;
    StatusSocket& operator=(const StatusSocket&) = delete;

    /// What is said from now on. Any thread.
    void say(std::string text);

  private:
    void serve();
    void answer(int client);

    std::filesystem::path file_;
    Descriptor listening_;
    Descriptor stop_;
    std::mutex mutex_;
    std::string text_ = "starting\n";
    std::thread thread_;
};

}  // namespace creneau::door

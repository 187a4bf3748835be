#include "api/mail/smtp_mailer.hpp"

#include "api/mail/file_descriptor.hpp"

#include <gtest/gtest.h>

#include <string>
#include <thread>

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

namespace creneau::mail {
namespace {

/// Takes connections and never says a word.
class MuteServer {
  public:
    MuteServer() : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address;
        auto* any = reinterpret_cast<sockaddr*>(&address);
        EXPECT_EQ(::bind(socket_.get(), any, size), 0);
        EXPECT_EQ(::listen(socket_.get(), 4), 0);
        EXPECT_EQ(::getsockname(socket_.get(), any, &size), 0);
        port_ = ntohs(address.sin_port);
    }
    [[nodiscard]] int get() const { return socket_.get(); }
    [[nodiscard]] std::string url() const { return "smtp://127.0.0.1:" + std::to_string(port_); }

  private:
    FileDescriptor socket_;
    int port_ = 0;
};

TEST(SmtpMailer, GivesASendingUpWhenAskedToStop) {
    const MuteServer server;
    SmtpMailer mailer({.target = {server.url(), Tls::none},
                       .hello = "example.org",
                       .user = {},
                       .password = {},
                       .ca_file = {}});
    const Envelope envelope{"a@example.org", "b@example.org", "1@example.org", {}};
    std::stop_source stop;
    const std::jthread stopper([&] {
        const FileDescriptor client(::accept(server.get(), nullptr, nullptr));
        EXPECT_TRUE(client);
        stop.request_stop();
        char byte = 0;
        while (::read(client.get(), &byte, 1) > 0) {
        }
    });
    const auto began = std::chrono::steady_clock::now();
    const auto sent = mailer.send(envelope, "Subject: x\r\n\r\nx\r\n", stop.get_token());
    ASSERT_FALSE(sent);
    EXPECT_EQ(sent.error().fault, SendFault::stopped);
    EXPECT_LT(std::chrono::steady_clock::now() - began, std::chrono::seconds{9});
}

}  // namespace
}  // namespace creneau::mail

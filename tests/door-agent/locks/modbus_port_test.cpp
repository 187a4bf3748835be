#include "door-agent/locks/modbus_port.hpp"

#include <gtest/gtest.h>

#include <array>
#include <string>
#include <thread>
#include <vector>

#include <arpa/inet.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <termios.h>
#include <unistd.h>

namespace creneau::door {
namespace {

using Bytes = std::vector<std::uint8_t>;

/// Reads exactly `count` bytes, or fewer when nothing comes for 5 s.
Bytes read_exactly(int from, std::size_t count) {
    Bytes all;
    pollfd waiting{from, POLLIN, 0};
    while (all.size() < count && poll(&waiting, 1, 5000) > 0) {
        std::array<std::uint8_t, 64> part{};
        const ssize_t got = read(from, part.data(), std::min(part.size(), count - all.size()));
        if (got <= 0) {
            break;
        }
        all.insert(all.end(), part.begin(), part.begin() + got);
    }
    return all;
}

/// Answers one request with what it received.
Bytes echo(int line, std::size_t count) {
    Bytes request = read_exactly(line, count);
    [[maybe_unused]] const ssize_t wrote = write(line, request.data(), request.size());
    return request;
}

const Request kPulse{1, Function::write_coil, 0x0200, 7};

TEST(ModbusPort, PutsTheMakersExampleOnASerialLine) {
    const int master = posix_openpt(O_RDWR | O_NOCTTY);
    ASSERT_EQ(grantpt(master), 0);
    ASSERT_EQ(unlockpt(master), 0);
    BusSettings settings;
    settings.address = RtuLine{ptsname(master), 9600, 'N', 1};
    ModbusPort port(settings);
    ASSERT_TRUE(port.open());
    Bytes seen;
    std::thread board([&] { seen = echo(master, 8); });
    const Reply reply = port.ask(kPulse);
    board.join();
    close(master);
    EXPECT_EQ(seen, (Bytes{0x01, 0x05, 0x02, 0x00, 0x00, 0x07, 0x8D, 0xB0}));
    EXPECT_EQ(reply.outcome, Outcome::done);
}

TEST(ModbusPort, PutsTheSamePduOnTcp) {
    const int listening = socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t length = sizeof(address);
    ASSERT_EQ(bind(listening, reinterpret_cast<sockaddr*>(&address), length), 0);
    ASSERT_EQ(listen(listening, 1), 0);
    getsockname(listening, reinterpret_cast<sockaddr*>(&address), &length);
    BusSettings settings;
    settings.address = TcpAddress{"127.0.0.1", ntohs(address.sin_port)};
    ModbusPort port(settings);
    ASSERT_TRUE(port.open());
    const int link = accept(listening, nullptr, nullptr);
    Bytes seen;
    std::thread board([&] { seen = echo(link, 12); });
    const Reply reply = port.ask(kPulse);
    board.join();
    close(link);
    close(listening);
    ASSERT_EQ(seen.size(), 12U);
    EXPECT_EQ(Bytes(seen.begin() + 2, seen.end()), (Bytes{0, 0, 0, 6, 1, 5, 2, 0, 0, 7}));
    EXPECT_EQ(reply.outcome, Outcome::done);
}

TEST(ModbusPort, LeavesTheSilenceThatEndsAFrame) {
    using std::chrono::microseconds;
    EXPECT_EQ(frame_gap(9600), microseconds(4010));
    EXPECT_EQ(frame_gap(19200), microseconds(2005));
    EXPECT_EQ(frame_gap(38400), microseconds(1750));
    EXPECT_EQ(frame_gap(115200), microseconds(1750));
}

TEST(ModbusPort, AClosedPortSendsNothing) {
    BusSettings settings;
    settings.address = TcpAddress{"127.0.0.1", 1};
    ModbusPort port(settings);
    EXPECT_FALSE(port.open());
    EXPECT_EQ(port.ask(kPulse).outcome, Outcome::unknown);
}

}  // namespace
}  // namespace creneau::door

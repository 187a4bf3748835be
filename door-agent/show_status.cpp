#include "door-agent/commands.hpp"
#include "door-agent/readers/descriptor.hpp"

#include <array>
#include <cerrno>
#include <cstddef>
#include <cstring>
#include <filesystem>
#include <ostream>
#include <string>

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace creneau::door {

int show_status(const std::filesystem::path& socket_file, std::ostream& out) {
    const std::string& file = socket_file.native();
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    const std::size_t length = file.copy(address.sun_path, sizeof(address.sun_path) - 1);
    const Descriptor agent(socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
    if (length < file.size() || !agent.is_open() ||
        connect(agent.get(), reinterpret_cast<const sockaddr*>(&address), sizeof(address)) != 0) {
        out << "no agent answers at " << file << ": " << std::strerror(errno) << "\n";
        return kExitNo;
    }
    std::array<char, 4096> part{};
    for (ssize_t got = 1; got > 0;) {
        got = read(agent.get(), part.data(), part.size());
        out.write(part.data(), got > 0 ? got : 0);
    }
    return kExitDone;
}

}  // namespace creneau::door
